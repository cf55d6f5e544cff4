"""Duplicates: one person registered twice becomes one, after somebody compared the two; nothing is lost by it."""

from typing import Any

from blinker import Signal
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from techfair.core import audit, clock
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, rules, telling
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import Consent, Registration
from techfair.visitors.tallies import folding

registrations_merged = Signal(
    "One registration went into another: ``other`` into the sender. Sent before the commit: a listener writes rows."
)
FILLED = ("email", "email_key", "phone", "organisation", "province_code", "delegation_id")


class NotOfOneFair(TechfairError):
    code, status = "not_of_one_fair", 409
    message = _l("Only two registrations of the same fair can become one.")


def merge(kept: Registration, other: Registration, fair: Fair, by: Any) -> None:
    """Make two registrations of one person one: ``kept`` stays and ``other`` ends as cancelled, merged into it.

    What ``kept`` lacks to be reached it takes from ``other``. Only ``kept``'s badge opens gates. The scans stay
    as they were read and count as ``kept``'s. A purpose stands on only if both agreed to it, for a merge gives
    no consent. Raises NotOfOneFair, and StepSkipped where one of the two has ended meanwhile.
    """
    _hold(kept, other)
    if kept.fair_id != other.fair_id or kept.id == other.id:
        raise NotOfOneFair
    if kept.state == "cancelled":
        raise StepSkipped
    other.move_to("cancelled")
    _end_badge(other, kept, by)
    _narrow_consents(kept, other)
    with folding.counted_anew(fair.id, _ever_named(kept, other)):
        _take_over(kept, other)
        _lead_on(kept, other)
    _hand_over_claims(kept, other)
    audit.record("registration.merged", other, by=by, into=kept.id)
    audit.record("registration.took_in", kept, by=by, merged=other.id)
    registrations_merged.send(kept, other=other)
    telling.send_badge(kept, fair)


def _hold(*registrations: Registration) -> None:
    """Of two who merge the same people at once, the second waits and then finds them merged."""
    ids = [registration.id for registration in registrations]
    rows = select(Registration).where(Registration.id.in_(ids)).order_by(Registration.id)
    db.session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()


def _ever_named(*registrations: Registration) -> list[int]:
    """These and those that were merged into them before."""
    ids = [registration.id for registration in registrations]
    merged = select(Registration.id).where(Registration.merged_into_id.in_(ids))
    return [*ids, *db.session.scalars(merged)]


def _end_badge(other: Registration, kept: Registration, by: Any) -> None:
    badge, new = badges.valid_badge(other), badges.valid_badge(kept)
    if badge:
        badges.end(badge, "replaced")
        audit.record("badge.replaced", badge, by=by, number=badge.number, new_number=new and new.number)


def _narrow_consents(kept: Registration, other: Registration) -> None:
    """End what not both agreed to, and whatever stood with the registration that ends."""
    of_other = select(Consent.purpose).filter_by(registration_id=other.id, withdrawn_at=None)
    shared = set(db.session.scalars(of_other))
    standing = select(Consent).where(Consent.registration_id.in_((kept.id, other.id)), Consent.withdrawn_at.is_(None))
    for consent in db.session.scalars(standing).all():
        if consent.registration_id == other.id or consent.purpose not in shared:
            consent.withdrawn_at = clock.now()


def _take_over(kept: Registration, other: Registration) -> None:
    for field in FILLED:
        setattr(kept, field, getattr(kept, field) or getattr(other, field))
    kept.search_key = search_key(f"{kept.full_name} {kept.organisation}")
    kept.is_present = kept.is_present or other.is_present
    other.kind = kept.kind  # so that its scans count among the kept person's kind


def _lead_on(kept: Registration, other: Registration) -> None:
    """Whatever named the one that ends names the kept one now, so that no chain comes to be."""
    other.merged_into_id = kept.id
    merged, twin = Registration.merged_into_id, Registration.possible_duplicate_of_id
    led = update(Registration).where(merged == other.id)
    db.session.execute(led.values(merged_into_id=kept.id, kind=kept.kind))
    db.session.execute(update(Registration).where(twin == other.id).values(possible_duplicate_of_id=kept.id))
    named = (kept.possible_duplicate_of_id, other.possible_duplicate_of_id)
    kept.possible_duplicate_of_id = next((id for id in named if id not in (None, kept.id, other.id)), None)
    other.possible_duplicate_of_id = None
    db.session.flush()


def _hand_over_claims(kept: Registration, other: Registration) -> None:
    """Who came in with the badge that ends has come in: the kept badge is amber where that one was.

    A claim is no part of a reading, only what one scan alone may hold; a claim held already stays where it is.
    """
    held = set(db.session.scalars(select(Scan.claim).where(Scan.registration_id == kept.id, Scan.claim.is_not(None))))
    claimed = select(Scan, Gate).join(Gate, Gate.id == Scan.gate_id).where(Scan.registration_id == other.id)
    for scan, gate in db.session.execute(claimed.where(Scan.claim.is_not(None))).all():
        claim = rules.claim(gate, kept.id, scan.scanned_on)
        if claim not in held:
            scan.claim = claim
            held.add(claim)
    db.session.flush()

"""The organizer's pages of visitors: who is registered, their badges, and who may be registered twice."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import selectinload

from techfair.core import access, audit, pages, rail
from techfair.core.errors import StepSkipped
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, merging, queries, registering, telling
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.models import KINDS, Badge, Registration
from techfair.visitors.paging import Found, Listed
from techfair.visitors.queries import Wanted
from techfair.visitors.words import (
    BADGE_STATES,
    DEEDS,
    KIND_BANDS,
    KIND_WORDS,
    PURPOSE_WORDS,
    REASON_WORDS,
    REGISTRATION_STATES,
    VERDICT_WORDS,
)

bp = access.signed_in(Blueprint("visitor_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors"))
rail.console_entry(bp.name, _l("Visitors"), "users", "visitor_console.index", grant="visitors", order=30)

ACTORS = {"visitor": _l("the visitor"), "kiosk": _l("the kiosk"), "delegation": _l("the delegation")}
WORDS: dict[str, Any] = {
    "badge_states": BADGE_STATES,
    "kind_words": KIND_WORDS,
    "kind_bands": KIND_BANDS,
    "purpose_words": PURPOSE_WORDS,
    "reason_words": REASON_WORDS,
    "registration_states": REGISTRATION_STATES,
    "verdict_words": VERDICT_WORDS,
}


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="visitors")
    pages.show(fair)
    return fair


def _registration(slug: str, id: int) -> Registration:
    """A registration of this very fair: another fair's id is no page here."""
    fair = _fair(slug)
    whole = (selectinload(Registration.badges), selectinload(Registration.consents))
    return access.fetch(Registration, id, to="edit", fair_id=fair.id, options=whole)


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """All registrations: search, one kind, or the possible duplicates."""
    fair = _fair(slug)
    kind = request.args.get("kind", "")
    wanted = Wanted(
        text=request.args.get("q", "")[:200],
        kind=kind if kind in KINDS else "",
        only_duplicates="duplicates" in request.args,
    )
    people = queries.registrations(fair, wanted)
    found = Found if wanted.text else Listed
    page = found(select=people, session=db.session(), per_page=50, max_per_page=200, error_out=False)
    counts = {
        "all": queries.count_registrations(fair),
        "waiting": queries.count_registrations(fair, Registration.state == "pending"),
        "duplicates": queries.count_registrations(fair, Registration.possible_duplicate_of_id.is_not(None)),
    }
    return render_template("visitors/console.html", page=page, wanted=wanted, counts=counts, **WORDS)


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """One registration: the badge, its scans, and what happened to it."""
    registration = _registration(slug, id)
    badge = registration.badge
    return render_template(
        "visitors/registration.html",
        registration=registration,
        badge=badge,
        twin=_other(registration.possible_duplicate_of_id),
        merged_into=_other(registration.merged_into_id),
        scans=queries.scans_of(registration),
        days=kind_days.dates(access.fetch(Fair, slug=slug, to="visitors"), registration.kind, registration.days),
        history=_history(registration),
        **WORDS,
    )


def _other(id: int | None) -> Registration | None:
    return db.session.get(Registration, id) if id else None


def _history(registration: Registration) -> list[dict[str, Any]]:
    things = [registration, *registration.badges]
    entries = sorted((entry for thing in things for entry in audit.of(thing)), key=lambda entry: -entry.id)
    return [
        {
            "what": DEEDS.get(entry.action, entry.action),
            "at": entry.at,
            "who": str(ACTORS.get(entry.actor, entry.actor)),
            "why": entry.details.get("reason", ""),
        }
        for entry in entries
    ]


@bp.get("/<int:id>/badge")
def badge(slug: str, id: int) -> ResponseReturnValue:
    """The badge alone, to print at the desk."""
    registration = _registration(slug, id)
    worn = registration.badge
    fair = access.fetch(Fair, slug=slug, to="visitors")
    code = badges.as_svg(worn, fair, _("The badge's code")) if worn else None
    return render_template("visitors/print.html", registration=registration, badge=worn, code=code, **WORDS)


@bp.post("/<int:id>/replace")
def replace(slug: str, id: int) -> ResponseReturnValue:
    """A new badge for a lost one, or the first one for a revoked one."""
    registration = _registration(slug, id)
    worn = badges.valid_badge(registration)
    new = badges.replace(worn, current_user) if worn else badges.issue(registration, _next_reprint(registration))
    flash(_("Badge %(number)s is valid now; the one before opens no gate any more.", number=new.number), "good")
    return _back(registration, slug)


def _next_reprint(registration: Registration) -> int:
    return max((badge.reprint for badge in registration.badges), default=-1) + 1


@bp.post("/<int:id>/revoke")
def revoke(slug: str, id: int) -> ResponseReturnValue:
    """Make the valid badge void, with the reason."""
    registration = _registration(slug, id)
    worn = db.session.scalars(db.select(Badge).filter_by(registration_id=id, state="issued")).one_or_none()
    if worn:
        badges.revoke(worn, current_user, request.form.get("reason", "")[:500])
        flash(_("Badge %(number)s opens no gate any more.", number=worn.number), "good")
    return _back(registration, slug)


@bp.post("/<int:id>/present")
def mark_present(slug: str, id: int) -> ResponseReturnValue:
    """Count the person as present without a scan, or take that back."""
    registration = _registration(slug, id)
    registering.mark_present(registration, current_user, is_present=not registration.is_present)
    return _back(registration, slug)


@bp.post("/<int:id>/apart")
def keep_apart(slug: str, id: int) -> ResponseReturnValue:
    """Say that a possible duplicate is another person."""
    registration = _registration(slug, id)
    registering.keep_apart(registration, current_user)
    return _back(registration, slug)


@bp.get("/<int:id>/compare")
def compare(slug: str, id: int) -> ResponseReturnValue:
    """A possible duplicate beside the registration before it, to decide whether both are one person."""
    both = _pair(slug, id)
    if both is None:
        return redirect(url_for(".show", slug=slug, id=id), 303)
    entered = {each.id: queries.count_entries(each) for each in both}
    return render_template("visitors/compare.html", both=both, entered=entered, **WORDS)


@bp.post("/<int:id>/merge")
def merge(slug: str, id: int) -> ResponseReturnValue:
    """Make a possible duplicate and the registration before it one; ``keep`` says which of the two stays."""
    both = _pair(slug, id)
    if both is None:
        raise StepSkipped
    kept, other = both if request.form.get("keep") == str(both[0].id) else reversed(both)
    merging.merge(kept, other, access.fetch(Fair, slug=slug, to="visitors"), current_user)
    flash(_("The two registrations are one now. The badge of %(name)s is valid.", name=kept.full_name), "good")
    return _back(kept, slug)


def _pair(slug: str, id: int) -> tuple[Registration, Registration] | None:
    """A possible duplicate, after the one before it; None once somebody has decided."""
    registration = _registration(slug, id)
    earlier = registration.possible_duplicate_of_id
    return (_registration(slug, earlier), registration) if earlier else None


@bp.post("/<int:id>/cancel")
def cancel(slug: str, id: int) -> ResponseReturnValue:
    """Cancel a registration with its badge, with the reason."""
    registration = _registration(slug, id)
    registering.cancel(registration, current_user, request.form.get("reason", "")[:500])
    return _back(registration, slug)


@bp.post("/<int:id>/mail")
def send_badge(slug: str, id: int) -> ResponseReturnValue:
    """Mail the badge once more."""
    registration = _registration(slug, id)
    if telling.send_badge(registration, access.fetch(Fair, slug=slug, to="visitors")):
        flash(_("The badge is on its way to %(email)s.", email=registration.email), "good")
    return _back(registration, slug)


def _back(registration: Registration, slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".show", slug=slug, id=registration.id), 303)
    db.session.commit()
    return answer

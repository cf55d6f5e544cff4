"""Correcting a registration; the badge stays, but for another kind, which stands in its signed code."""

from typing import Any

from pydantic import BaseModel, Field

from techfair.core import audit
from techfair.core.vietnamese import search_key, sort_key
from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.models import Registration
from techfair.visitors.tallies import folding


class Correction(BaseModel, frozen=True):
    """A registration as it shall stand."""

    full_name: str = Field(min_length=1, max_length=120)
    organisation: str = Field("", max_length=200)
    kind: str
    days: list[int] | None = None


def correct(registration: Registration, given: Correction, by: Any) -> list[str]:
    """Put right what differs, and answer what did: its names as in ``Correction``.

    Entries counted before are of the new kind, too. A badge of the old kind is replaced: gates without network go by
    what its code says.
    """
    told = given.model_dump(exclude={"days"})
    changed = [name for name, value in told.items() if getattr(registration, name) != value]
    if (registration.days or None) != given.days:
        changed.append("days")
    if not changed:
        return []
    with folding.counted_anew(registration.fair_id, [registration.id]):
        for name, value in told.items():
            setattr(registration, name, value)
    registration.sort_key = sort_key(given.full_name)
    registration.search_key = search_key(f"{given.full_name} {given.organisation}")
    own_days.give(registration, given.days)
    db.session.flush()
    audit.record("registration.corrected", registration, by=by, fields=changed)
    worn = badges.valid_badge(registration)
    if worn and worn.kind != registration.kind:
        badges.replace(worn, by)
    return changed

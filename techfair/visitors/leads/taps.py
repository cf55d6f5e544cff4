"""Taps: what a visitor wants of an exhibitor, by a button each; a phone without network keeps them until it has one.

Deeds of rooms to the right join by ``deed``, and the forms that ask for them are added to ``forms``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import clock
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.in_order import Additions
from techfair.core.vietnamese import clean_text
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.front import Part
from techfair.fairs.models import Fair
from techfair.visitors import rules
from techfair.visitors.leads.models import VisitorTap
from techfair.visitors.models import Registration

MOST_TEXT = 500
Deed = Callable[[Registration, Exhibitor, str, datetime], str]
_deeds: dict[str, Deed] = {}
forms: Additions[[Registration, Exhibitor], Part] = Additions()  # further forms beside an exhibitor
forms_without_network: Additions[[Fair], Part] = Additions()  # the same on the page that a phone keeps: it knows nobody


class TapInput(BaseModel, frozen=True):
    """One tap on a button of an exhibitor's page. ``noted_at`` is the phone's time of it."""

    id: UUID
    exhibitor: str = Field(max_length=200)
    deed: str = Field(max_length=40)
    text: Annotated[str, AfterValidator(clean_text), Field(max_length=MOST_TEXT)] = ""
    noted_at: AwareDatetime


class TapsInput(BaseModel, frozen=True):
    """What a phone sends at once, of one visitor; ``sent_at`` is its clock at that moment."""

    visitor: int
    taps: list[TapInput] = Field(min_length=1, max_length=200)
    sent_at: AwareDatetime | None = None


@dataclass(frozen=True)
class Done:
    """What came of one tap: a sentence for the visitor, empty where it was done before."""

    id: UUID
    is_done: bool
    told: str = ""


def deed(name: str) -> Callable[[Deed], Deed]:
    """Register ``(person, exhibitor, text, at) -> sentence``: what a tap of this name does, at the time of the tap."""

    def register(act: Deed) -> Deed:
        _deeds[name] = act
        return act

    return register


def is_known(name: str) -> bool:
    return name in _deeds


def act(name: str, person: Registration, exhibitor: Exhibitor, text: str = "", at: datetime | None = None) -> str:
    """Do one deed and answer what to tell the visitor; raises what the deed refuses with."""
    return _deeds[name](person, exhibitor, text, at or clock.now())


def take(person: Registration, fair: Fair, given: TapsInput) -> list[Done]:
    """Do what a phone kept, in the order of the taps, each once however often it is sent.

    The phone's clock is corrected by what it showed when sending. What is refused (an exhibitor that left, a deed
    that nobody knows, a second request) says why and is not tried again.
    """
    refs = {one.exhibitor for one in given.taps}
    named = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id, Company.public_ref.in_(refs))
    found = db.session.scalars(named.options(joinedload(Exhibitor.company))).all()
    exhibitors = {one.company.public_ref: one for one in found if one.is_active}
    now = clock.now()
    done = []
    for one in given.taps:
        row = {"id": one.id, "registration_id": person.id, "received_at": now}
        if not insert_new(VisitorTap, [row], returning=VisitorTap.id):
            done.append(Done(one.id, is_done=True))
            continue
        at, _is_wrong = rules.corrected(one.noted_at, given.sent_at, now)
        done.append(_tried(one, person, exhibitors.get(one.exhibitor), at))
    return done


def _tried(one: TapInput, person: Registration, exhibitor: Exhibitor | None, at: datetime) -> Done:
    if exhibitor is None or not is_known(one.deed):
        return Done(one.id, is_done=False)
    try:
        with db.session.begin_nested():  # what one tap is refused takes none of the others along
            return Done(one.id, is_done=True, told=act(one.deed, person, exhibitor, one.text, at))
    except TechfairError as refusal:
        return Done(one.id, is_done=False, told=str(refusal.message))

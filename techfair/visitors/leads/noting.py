"""Noting leads: a badge read at the booth, with what was said; nothing noted is ever overwritten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field
from sqlalchemy import select

from techfair.core import clock
from techfair.core.database import insert_new
from techfair.core.vietnamese import clean_line, clean_text
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges
from techfair.visitors.leads.models import Lead, LeadNote
from techfair.visitors.models import Registration
from techfair.visitors.rules import CodeFound

Tag = Annotated[str, AfterValidator(clean_line), Field(min_length=1, max_length=40)]
Text = Annotated[str, AfterValidator(clean_text)]


class NoteInput(BaseModel, frozen=True):
    """One reading of a badge at a booth. ``noted_at`` is the device's time; ``answers`` by the question's text."""

    id: UUID
    code: str = Field(max_length=400)
    noted_at: AwareDatetime
    rating: int | None = Field(None, ge=1, le=5)
    tags: list[Tag] = Field(default=[], max_length=10)
    text: Text = Field("", max_length=2000)
    answers: dict[Annotated[str, Field(max_length=200)], Annotated[Text, Field(max_length=500)]] = Field(
        default={}, max_length=10
    )


class NotesInput(BaseModel, frozen=True):
    """What a device sends at once; ``sent_at`` is its clock at that moment."""

    notes: list[NoteInput] = Field(min_length=1, max_length=200)
    sent_at: AwareDatetime | None = None


@dataclass(frozen=True)
class Noted:
    """What came of one note: the person as their badge names them, or why there is no lead."""

    id: UUID
    name: str = ""
    organisation: str = ""
    reason: str | None = None


def note(exhibitor: Exhibitor, fair: Fair, given: NotesInput, by: Any) -> list[Noted]:
    """Keep notes as leads of the exhibitor, in the order given.

    Idempotent: a note whose id is known changes nothing. The device's clock is corrected by what it showed when
    sending. A bad code, a revoked badge or one of another fair gives its reason and no lead, never an error.
    """
    offset = clock.now() - given.sent_at if given.sent_at else timedelta()
    found = badges.find(fair, [one.code for one in given.notes])
    known = set(db.session.scalars(select(LeadNote.id).where(LeadNote.id.in_([one.id for one in given.notes]))))
    noted = []
    for one in given.notes:
        person = _person(found[one.code])
        if person and one.id not in known:
            told = one.model_dump(include={"id", "rating", "tags", "text", "answers"})
            add(exhibitor, person, at=one.noted_at + offset, user_id=by.id, **told)
        noted.append(_noted(one.id, person, found[one.code]))
    return noted


def _person(found: CodeFound) -> Registration | None:
    """Whose badge a code is of, however often they registered; None where it makes no lead."""
    if found.badge is None or found.badge.state == "revoked":
        return None
    person = db.session.get_one(Registration, found.badge.registration_id)
    return db.session.get_one(Registration, person.merged_into_id) if person.merged_into_id else person


def _noted(id: UUID, person: Registration | None, found: CodeFound) -> Noted:
    if person is None:
        return Noted(id, reason=found.reason or "revoked")
    return Noted(id, person.full_name, person.organisation)


def add(exhibitor: Exhibitor, person: Registration, *, at: datetime, id: UUID | None = None, **values: Any) -> None:
    """Put one note beside those that the exhibitor has about a person."""
    mine = {"exhibitor_id": exhibitor.id, "registration_id": person.id}
    insert_new(Lead, [mine | {"created_at": clock.now()}], returning=Lead.id)
    lead_id = db.session.scalars(select(Lead.id).filter_by(**mine)).one()
    usual: dict[str, Any] = {"user_id": None, "way": "scanned", "rating": None, "tags": [], "text": "", "answers": {}}
    row = usual | values | {"id": id or uuid4(), "lead_id": lead_id, "noted_at": at, "received_at": clock.now()}
    insert_new(LeadNote, [row], returning=LeadNote.id)

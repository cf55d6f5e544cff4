"""Drafting an amendment or a termination from a document in force, and what its completion does to that document."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased

from techfair.accounts.models import User
from techfair.agreements import drafting
from techfair.agreements.amending.models import AgreementChange, MilestoneOrigin
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import ENDED_EARLY, Agreement
from techfair.agreements.schemas import Deal, MilestoneInput, PartyInput
from techfair.agreements.signing import agreement_completed
from techfair.agreements.templates import decision, titles
from techfair.agreements.templates.words import REQUIRED
from techfair.core import audit, formats
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.languages import LANGUAGES
from techfair.extensions import db

BECOMES = {"amendment": "amended", "termination": "terminated"}
DEED_OF = {"amendment": "agreement.amended", "termination": "agreement.terminated"}
COMMON = (
    "subject_vi",
    "subject_en",
    "languages",
    "place",
    "area_m2",
    "transfer_form",
    "sector",
    "partner_country",
    "is_confidential",
    "meeting_id",
    "connection_id",
    "project_id",
)
VALUE = ("value", "value_high", "value_rate", "value_rate_on", "valid_until_on")
HEADINGS = {
    "amendment": {"vi": "Văn bản được sửa đổi", "en": "The document amended"},
    "termination": {"vi": "Chấm dứt", "en": "Termination"},
}
TEXTS = {
    "amendment": {
        "vi": "Văn bản này sửa đổi, bổ sung {title} số {number} ký ngày {day} (SHA-256 của nội dung đã chốt: {digest})."
        " Kể từ ngày được ký đủ, các điều dưới đây thay thế toàn văn các điều của văn bản đó.",
        "en": "This document amends {title} No. {number} signed on {day} (SHA-256 of the settled text: {digest})."
        " From the day on which all have signed, the articles below replace those of that document in full.",
    },
    "termination": {
        "vi": "{title} số {number} ký ngày {day} (SHA-256 của nội dung đã chốt: {digest}) chấm dứt kể từ ngày văn bản"
        " này được ký đủ. Quyền và nghĩa vụ phát sinh trước ngày đó được thực hiện cho đến hết.",
        "en": "{title} No. {number} signed on {day} (SHA-256 of the settled text: {digest}) ends on the day on which"
        " all have signed this document. Rights and duties that arose before that day are fulfilled.",
    },
}


class ChangeOpen(TechfairError):
    code, status = "change_open", 409
    message = _l("An amendment or termination of this document is under way already. Finish or abandon it first.")


def draft(first: Agreement, deed: str, *, by: User) -> Agreement:
    """Draft an amendment, with the deal and clauses as they hold, or a termination.

    Hold the first one's row (``documents.load(id, for_update=True)``): so of two drafts at once the second is
    refused. Raises StepSkipped unless it is in force, and ChangeOpen while another change is under way.
    """
    if first.state != "completed":
        raise StepSkipped
    if any(one.state not in ENDED_EARLY.split() for _deed, one in changes_of(first)):
        raise ChangeOpen
    parties = [_same(party) for party in first.parties]
    made = drafting.draft(first.fair, first.kind, _deal(first, deed), parties, by=by)
    made.clauses = _clauses(first, deed)
    db.session.flush()
    db.session.add(AgreementChange(agreement_id=made.id, first_id=first.id, deed=deed))
    audit.record("agreement.change_drafted", first, by=by, number=made.number, kind=deed)
    return made


def changes_of(first: Agreement) -> Sequence[tuple[str, Agreement]]:
    """What was drafted to change an agreement, newest first: ``amendment`` or ``termination``, and the document."""
    found = select(AgreementChange.deed, Agreement).join(Agreement, Agreement.id == AgreementChange.agreement_id)
    rows = db.session.execute(found.where(AgreementChange.first_id == first.id).order_by(Agreement.id.desc()))
    return [(row[0], row[1]) for row in rows]


@agreement_completed.connect
def follow(agreement: Agreement) -> None:
    """Let the earlier document's state follow a change that all have signed, and its milestones go on."""
    change = db.session.get(AgreementChange, agreement.id)
    if change is None:
        return
    first = db.session.scalars(select(Agreement).filter_by(id=change.first_id).with_for_update(of=Agreement)).one()
    first.move_to(BECOMES[change.deed])
    audit.record(DEED_OF[change.deed], first, number=agreement.number)
    if change.deed == "amendment":
        _carry_on(first.id, agreement.id)


def _carry_on(first_id: int, second_id: int) -> None:
    """A milestone of the same words and unit goes on from what was accepted before."""
    origin = aliased(MilestoneOrigin)
    earlier: dict[tuple[str, str], int] = {}
    known = select(Milestone, origin.origin_id).outerjoin(origin, origin.milestone_id == Milestone.id)
    for milestone, origin_id in db.session.execute(known.where(Milestone.agreement_id == first_id)):
        earlier[_key(milestone)] = origin_id or milestone.id
    for milestone in db.session.scalars(select(Milestone).filter_by(agreement_id=second_id)):
        if (key := _key(milestone)) in earlier:
            db.session.add(MilestoneOrigin(milestone_id=milestone.id, origin_id=earlier.pop(key)))
    db.session.flush()


def _key(milestone: Milestone) -> tuple[str, str]:
    return milestone.unit, milestone.title_vi.casefold()


def _deal(first: Agreement, deed: str) -> Deal:
    told: dict[str, Any] = {name: getattr(first, name) for name in COMMON}
    if deed == "termination":
        return Deal(**told)
    told |= {name: getattr(first, name) for name in VALUE} | {"value_currency": first.value_currency or "VND"}
    milestones = [
        MilestoneInput(**{name: getattr(one, name) for name in MilestoneInput.model_fields}) for one in first.milestones
    ]
    return Deal(**told, milestones=milestones, technology_ids=[one.technology_id for one in first.technologies])


def _same(party: Any) -> PartyInput:
    return PartyInput(**{name: getattr(party, name) for name in PartyInput.model_fields if name != "id"})


def _clauses(first: Agreement, deed: str) -> list[dict[str, str]]:
    """The clause that names the first document; then its clauses, or the legal bases alone where it ends."""
    names = {locale: _text(first, deed, locale) for locale in LANGUAGES}
    head = {f"heading_{locale}": HEADINGS[deed][locale] for locale in LANGUAGES}
    head |= {f"text_{locale}": text for locale, text in names.items()}
    clauses = [dict(clause) for clause in first.clauses]
    bases = [clause for clause in clauses if clause.get("covers") == decision.BASES]
    if deed == "amendment":
        return [*bases, head | {"covers": ""}, *(clause for clause in clauses if clause not in bases)]
    # By reference to the first it covers all that its kind must contain.
    covered = [one for one in REQUIRED[first.kind] if one != decision.BASES or not bases]
    return [*bases, head | {"covers": ",".join(covered)}]


def _text(first: Agreement, deed: str, locale: str) -> str:
    day = formats.format_date(first.signed_on, locale) if first.signed_on else ""
    told = {"title": titles.of(first, locale), "number": first.number, "day": day, "digest": first.frozen_digest}
    return TEXTS[deed][locale].format(**told)

"""What an organizer may decide about an application, and the same decided about many at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core.errors import StepSkipped, TechfairError
from techfair.exhibitors import applications, letters
from techfair.exhibitors.applications import ReasonMissing
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db
from techfair.fairs.models import Fair

MOST = 100  # at once: each is a deed, an entry of the log and letters, and others wait to write meanwhile


@dataclass(frozen=True)
class Decision:
    """A decision: the state it leads to, its deed and letter, and its words."""

    state: str
    deed: Callable[..., Any]
    letter: str
    label: LazyString
    icon: str
    done: LazyString
    needs_reason: bool = False
    tone: str = ""


DECISIONS: Mapping[str, Decision] = {
    "approve": Decision(
        "approved",
        applications.approve,
        "application_approved",
        _l("Approve"),
        "check",
        _l("Approved. The company gets a mail."),
    ),
    "return": Decision(
        "returned",
        applications.return_,
        "application_returned",
        _l("Return for changes"),
        "undo-2",
        _l("Returned. The company gets a mail with your reason."),
        needs_reason=True,
    ),
    "wait": Decision(
        "waiting",
        applications.wait,
        "application_waiting",
        _l("Waiting list"),
        "clock",
        _l("On the waiting list. The company gets a mail."),
    ),
    "decline": Decision(
        "declined",
        applications.decline,
        "application_declined",
        _l("Decline the application"),
        "x",
        _l("Declined. The company gets a mail with your reason."),
        needs_reason=True,
        tone="bad",
    ),
    "cancel": Decision(
        "cancelled",
        applications.cancel,
        "application_cancelled",
        _l("Cancel the participation"),
        "ban",
        _l("Cancelled. The company gets a mail with your reason; its booths are free."),
        needs_reason=True,
        tone="bad",
    ),
}
IN_BULK = ("approve", "return", "wait", "decline")  # an approval is taken back one by one, for booths go with it


@dataclass(frozen=True)
class Row:
    """One application of a batch: who would be written to, or why nothing can be done to it."""

    application: Application
    company: Company
    addresses: list[str]
    refusal: Any = None


@dataclass(frozen=True)
class Letter:
    """A letter as it would be sent, and how many of its companies read its language."""

    language: str
    company: str
    subject: str
    text: str
    number: int


@dataclass(frozen=True)
class Preview:
    """What a decision would do to a batch."""

    rows: list[Row]
    letters: list[Letter]

    @property
    def possible(self) -> list[Row]:
        return [row for row in self.rows if row.refusal is None]

    @property
    def mails(self) -> int:
        return sum(len(row.addresses) for row in self.possible)


def preview(fair: Fair, batch: Sequence[Application], decision: Decision, reason: str) -> Preview:
    """What would happen, and the letter in each language that the companies read; nothing is changed."""
    readers = letters.readers([one.company for one in batch])
    rows = [
        Row(
            one,
            one.company,
            [reader.to for reader in readers[one.company_id]],
            None if one.may_become(decision.state) else StepSkipped.message,
        )
        for one in batch
    ]
    possible = [row for row in rows if row.refusal is None]
    languages = sorted({row.company.language for row in possible}, reverse=True)
    return Preview(rows, [_letter(fair, possible, decision, reason, language) for language in languages])


def _letter(fair: Fair, rows: Sequence[Row], decision: Decision, reason: str, language: str) -> Letter:
    those = [row.company for row in rows if row.company.language == language]
    with force_locale(language):
        placeholder = str(_l("[the reason that you type]")) if decision.needs_reason else ""
        name = those[0].name
    subject, text = letters.shown(fair, those[0], decision.letter, reason or placeholder)
    return Letter(language, name, subject, text, len(those))


@dataclass(frozen=True)
class Result:
    """What became of one application of a batch; ``why`` where nothing did."""

    id: int
    name: str
    why: Any = None


def decide_all(batch: Sequence[Application], decision: Decision, reason: str, by: User) -> list[Result]:
    """Decide each by its own deed: what one may not do does not keep the others from theirs.

    Raises ReasonMissing before anything is done.
    """
    if decision.needs_reason and not reason.strip():
        raise ReasonMissing
    names = {one.id: one.company.name for one in batch}
    # All rows first and in one order, before the log lets one writer in at a time: no two wait for each other.
    rows = select(Application.id).where(Application.id.in_(names)).order_by(Application.id).with_for_update()
    db.session.execute(rows).all()
    return [Result(one.id, names[one.id], _decided(one, decision, reason, by)) for one in batch]


def _decided(application: Application, decision: Decision, reason: str, by: User) -> Any:
    try:
        with db.session.begin_nested():
            decision.deed(application, by, reason)
    except TechfairError as refusal:
        return refusal.message
    return None

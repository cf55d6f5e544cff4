"""How what an applicant said to a call reads: on the pages of both sides, and in the file that organizers take."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from techfair.core.formats import format_number
from techfair.core.languages import language
from techfair.exhibitors.call import queries
from techfair.exhibitors.call.models import CallAcceptance, CallAnswer, CallTerms
from techfair.exhibitors.call.words import YES_NO
from techfair.exhibitors.models import Application


@dataclass(frozen=True)
class Said:
    """Question and answer pairs, and the conditions that were accepted, with the moment."""

    answers: list[tuple[str, str]]
    terms: CallTerms | None
    accepted_at: datetime | None


def said(application: Application) -> Said:
    """What an application says to the call of its fair; two statements."""
    answers = queries.answers_of([application.id]).get(application.id, [])
    accepted: CallAcceptance | None = queries.acceptances_of([application.id]).get(application.id)
    pairs = [(_asked(one), words(one)) for one in answers]
    return Said(pairs, accepted.terms, accepted.accepted_at) if accepted else Said(pairs, None, None)


def _asked(answer: CallAnswer) -> str:
    question = answer.question
    return question.text if question.retired_at is None else _("%(question)s (no longer asked)", question=question.text)


def words(answer: CallAnswer) -> str:
    """An answer as people read it: the choices by their labels, numbers with their dots."""
    question = answer.question
    if question.kind == "number":
        return format_number(int(answer.said[0]), language())
    labels = question.labels or {key: str(word) for key, word in YES_NO.items()}
    if question.kind in {"one", "several", "yes_no"}:
        return " · ".join(labels.get(key, key) for key in answer.said)
    return answer.said[0]

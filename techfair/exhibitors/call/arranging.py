"""What organizers do to a call: conditions in versions; questions added, changed, moved, retired."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.exhibitors.call import queries
from techfair.exhibitors.call.models import CallAnswer, CallQuestion, CallTerms
from techfair.exhibitors.companies import flush_or_tell
from techfair.extensions import db
from techfair.fairs.models import Fair

FIXED = ("kind", "choices")


class QuestionAnswered(TechfairError):
    code, status = "question_answered", 409
    message = _l("Applicants have answered this. Its kind and choices stay; retire it and ask anew instead.")


def set_terms(fair: Fair, version: int, text_vi: str, text_en: str, by: User) -> CallTerms:
    """Make these the conditions of a fair; whoever accepted earlier ones keeps those.

    ``version`` is the one the editor started from, 0 for none. The same text makes no new version.
    Raises ChangedMeanwhile where another saved since then, also in the same moment.
    """
    present = queries.terms_of(fair.id)
    if (present.version if present else 0) != version:
        raise ChangedMeanwhile
    if present is not None and (present.text_vi, present.text_en) == (text_vi, text_en):
        return present
    row = {
        "fair_id": fair.id,
        "version": version + 1,
        "text_vi": text_vi,
        "text_en": text_en,
        "set_at": clock.now(),
    }
    made = insert_new(CallTerms, [row], returning=CallTerms.id)
    if not made:
        raise ChangedMeanwhile
    audit.record("call.terms_set", fair, by=by, number=version + 1)
    return db.session.get_one(CallTerms, made[0])


def add(fair: Fair, by: User, **values: Any) -> CallQuestion:
    """Ask a question after all others."""
    last = db.session.scalar(select(func.max(CallQuestion.place)).filter_by(fair_id=fair.id)) or 0
    question = CallQuestion(fair_id=fair.id, place=last + 1, **values)
    db.session.add(question)
    audit.record("call.question_added", question, by=by, title=question.text_vi)
    return question


def is_answered(question: CallQuestion) -> bool:
    return db.session.scalar(select(CallAnswer.question_id).filter_by(question_id=question.id).limit(1)) is not None


def change(question: CallQuestion, version: int, by: User, **values: Any) -> None:
    """Reword a question; while nobody answered, also its kind and choices.

    Raises ChangedMeanwhile, QuestionAnswered.
    """
    if question.version != version:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(question, name) != value]
    if any(name in changed for name in FIXED) and is_answered(question):
        raise QuestionAnswered
    for name in changed:
        setattr(question, name, values[name])
    if changed:
        flush_or_tell()
        audit.record("call.question_changed", question, by=by, fields=changed, title=question.text_vi)


def move(question: CallQuestion, is_up: bool, by: User) -> None:
    """Ask a question one place earlier or later; the first stays first, the last stays last."""
    asked = list(queries.questions_of(question.fair_id))
    here = asked.index(question)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(asked):
        return
    asked[here], asked[there] = asked[there], asked[here]
    for place, one in enumerate(asked, start=1):
        one.place = place
    flush_or_tell()
    audit.record("call.question_moved", question, by=by, title=question.text_vi)


def retire(question: CallQuestion, by: User) -> bool:
    """Ask a question no more; True where nobody had answered, so that it is gone altogether."""
    db.session.refresh(question, with_for_update=True)  # PostgreSQL: whoever answers now comes before or after
    if is_answered(question):
        question.retired_at = clock.now()
        audit.record("call.question_retired", question, by=by, title=question.text_vi)
        return False
    audit.record("call.question_deleted", question, by=by, title=question.text_vi)
    db.session.execute(delete(CallQuestion).filter_by(id=question.id))
    return True


def ask_again(question: CallQuestion, by: User) -> None:
    """Ask a retired question anew; what was answered to it stands."""
    question.retired_at = None
    audit.record("call.question_asked_again", question, by=by, title=question.text_vi)

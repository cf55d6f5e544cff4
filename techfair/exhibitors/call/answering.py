"""What applicants say to a call: answers kept with the application, conditions accepted in their version."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.database import insert_new, upsert
from techfair.core.vietnamese import search_key
from techfair.exhibitors.call import queries
from techfair.exhibitors.call.models import WITH_CHOICES, CallAcceptance, CallAnswer, CallQuestion, CallTerms
from techfair.exhibitors.models import Application
from techfair.extensions import db

Answers = Mapping[int, list[str]]


def keep(application: Application, answers: Answers) -> None:
    """Keep the answers by question; one without words takes an earlier answer away.

    A question that went away while the form was open is left out: there is nothing to answer any more.
    """
    there = select(CallQuestion.id).where(CallQuestion.fair_id == application.fair_id, CallQuestion.id.in_(answers))
    known = set(db.session.scalars(there.with_for_update(read=True)))
    rows = [
        {"application_id": application.id, "question_id": id, "said": answers[id]}
        for id in sorted(known)
        if answers[id]
    ]
    silent = [id for id in known if not answers[id]]
    upsert(CallAnswer, rows, by=("application_id", "question_id"))
    db.session.execute(
        delete(CallAnswer).where(CallAnswer.application_id == application.id, CallAnswer.question_id.in_(silent))
    )


def accept(application: Application, terms: CallTerms | None, by: User) -> None:
    """Note that the applicant accepts these conditions now; a second time changes nothing."""
    if terms is None:
        return
    row = {
        "application_id": application.id,
        "terms_id": terms.id,
        "accepted_at": clock.now(),
        "accepted_by_id": by.id,
    }
    if insert_new(CallAcceptance, [row], returning=CallAcceptance.terms_id):
        audit.record("call.terms_accepted", application, by=by, number=terms.version)


def given(application: Application) -> dict[int, list[str]]:
    """The answers of an application by question."""
    mine = queries.answers_of([application.id]).get(application.id, [])
    return {answer.question_id: answer.said for answer in mine}


def remembered(company_id: int, questions: Sequence[CallQuestion]) -> dict[int, list[str]]:
    """What a company answered last to like questions: of the same kind, in the same words but for accents and case.

    Of a list only what is offered again, by its words: the keys of another fair say nothing here.
    """
    if not questions:
        return {}
    earlier = select(CallAnswer).join(CallAnswer.question).options(contains_eager(CallAnswer.question))
    earlier = earlier.join(Application, Application.id == CallAnswer.application_id)
    rows = db.session.scalars(earlier.where(Application.company_id == company_id).order_by(Application.id))
    last = {_likeness(answer.question): answer for answer in rows}
    found = {one.id: _carried(last[_likeness(one)], one) for one in questions if _likeness(one) in last}
    return {id: said for id, said in found.items() if said}


def _likeness(question: CallQuestion) -> tuple[str, str]:
    return question.kind, search_key(question.text_vi)


def _carried(answer: CallAnswer, question: CallQuestion) -> list[str]:
    if question.kind not in WITH_CHOICES:
        return answer.said
    said = {search_key(one["vi"]) for one in answer.question.choices if one["key"] in answer.said}
    return [one["key"] for one in question.choices if search_key(one["vi"]) in said]

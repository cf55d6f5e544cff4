"""Reads of a call: its present conditions and questions, and what an application says to them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from techfair.exhibitors.call.models import CallAcceptance, CallAnswer, CallQuestion, CallTerms
from techfair.extensions import db


def terms_of(fair_id: int) -> CallTerms | None:
    """The newest version of a fair's conditions, also an empty one; None where there never were any."""
    newest = select(CallTerms).filter_by(fair_id=fair_id).order_by(CallTerms.version.desc()).limit(1)
    return db.session.scalars(newest).one_or_none()


def terms_in_force(fair_id: int) -> CallTerms | None:
    """The conditions that who applies now must accept."""
    terms = terms_of(fair_id)
    return terms if terms and (terms.text_vi or terms.text_en) else None


def questions_of(fair_id: int, is_retired: bool = False) -> Sequence[CallQuestion]:
    """The questions that are asked (or no longer asked), in their order."""
    asked = CallQuestion.retired_at.is_not(None) if is_retired else CallQuestion.retired_at.is_(None)
    those = select(CallQuestion).where(CallQuestion.fair_id == fair_id, asked)
    return db.session.scalars(those.order_by(CallQuestion.place, CallQuestion.id)).all()


def answer_counts(fair_id: int) -> dict[int, int]:
    """How many applications answer each question of a fair."""
    counted = select(CallAnswer.question_id, func.count()).join(CallAnswer.question)
    rows = db.session.execute(counted.where(CallQuestion.fair_id == fair_id).group_by(CallAnswer.question_id))
    return {row[0]: row[1] for row in rows}


def answers_of(application_ids: Sequence[int]) -> dict[int, list[CallAnswer]]:
    """What applications answer, by application, in the order of the questions; retired ones too."""
    those = select(CallAnswer).join(CallAnswer.question).options(contains_eager(CallAnswer.question))
    those = those.where(CallAnswer.application_id.in_(application_ids))
    found: dict[int, list[CallAnswer]] = {}
    for answer in db.session.scalars(those.order_by(CallQuestion.place, CallQuestion.id)):
        found.setdefault(answer.application_id, []).append(answer)
    return found


def acceptances_of(application_ids: Sequence[int]) -> dict[int, CallAcceptance]:
    """The conditions that each application accepted last."""
    those = select(CallAcceptance).where(CallAcceptance.application_id.in_(application_ids))
    those = those.options(joinedload(CallAcceptance.terms)).order_by(CallAcceptance.terms_id)
    return {one.application_id: one for one in db.session.scalars(those)}

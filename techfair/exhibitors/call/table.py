"""The applications of a fair as a spreadsheet, with a column for each question that is or was asked."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core.formats import format_datetime
from techfair.core.languages import language
from techfair.core.spreadsheets import write_sheet
from techfair.exhibitors import showing as exhibiting
from techfair.exhibitors import words
from techfair.exhibitors.call import queries
from techfair.exhibitors.call.models import CallAcceptance, CallAnswer, CallQuestion
from techfair.exhibitors.call.showing import words as answer_words
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db
from techfair.fairs.models import Fair


def of_fair(fair: Fair) -> tuple[int, bytes]:
    """How many applications there are, and the file: one row each, in the order of their handing in."""
    with_company = joinedload(Application.company).selectinload(Company.sectors)
    those = select(Application).filter_by(fair_id=fair.id).options(with_company)
    applications = db.session.scalars(those.order_by(Application.submitted_at, Application.id)).all()
    ids = [one.id for one in applications]
    answers, accepted = queries.answers_of(ids), queries.acceptances_of(ids)
    questions = [*queries.questions_of(fair.id), *queries.questions_of(fair.id, is_retired=True)]
    rows = [
        [*_known(one, fair), _accepted(accepted.get(one.id), fair), *_said(answers.get(one.id, []), questions)]
        for one in applications
    ]
    headings = [*_headings(), *[question.text for question in questions]]
    return len(rows), write_sheet(_("Applications for %(fair)s", fair=fair.name), headings, rows)


def _headings() -> list[str]:
    return [
        _("Company"),
        _("Tax code"),
        _("State"),
        _("Handed in"),
        _("Province or country"),
        _("Sectors"),
        _("Contact"),
        _("E-mail"),
        _("Phone"),
        _("What is shown"),
        _("Wishes for the booth"),
        _("Conditions accepted"),
    ]


def _known(application: Application, fair: Fair) -> list[str]:
    company = application.company
    at = application.submitted_at
    return [
        company.name,
        company.tax_code or company.foreign_number or "",
        str(words.APPLICATION_STATES[application.state]),
        format_datetime(at, fair.timezone, language()) if at else "",
        exhibiting.place(company),
        ", ".join(exhibiting.sector_names(company.sectors)),
        company.contact_name,
        company.contact_email,
        company.contact_phone or "",
        application.exhibits,
        application.booth_wish,
    ]


def _accepted(accepted: CallAcceptance | None, fair: Fair) -> str:
    if accepted is None:
        return ""
    at = format_datetime(accepted.accepted_at, fair.timezone, language())
    return str(_("version %(number)s, %(at)s", number=accepted.terms.version, at=at))


def _said(answers: list[CallAnswer], questions: list[CallQuestion]) -> list[str]:
    by_question = {answer.question_id: answer_words(answer) for answer in answers}
    return [by_question.get(question.id, "") for question in questions]

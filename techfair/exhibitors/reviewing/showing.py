"""How applications beside one another read: a row for each fact, a text for each company."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from techfair.core.formats import format_date, format_number
from techfair.core.languages import language
from techfair.exhibitors import showing, words
from techfair.exhibitors.call.showing import words as answer_words
from techfair.exhibitors.models import Application, Company
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.reviewing.queries import Compared
from techfair.fairs.models import Fair

Rows = list[tuple[str, list[str]]]


def comparison(fair: Fair, applications: Sequence[Application], told: Compared) -> Rows:
    """The facts in which at least one of them has something to say."""
    rows = [*_of_companies(applications), *_of_applications(fair, applications, told)]
    for question in told.questions:
        answers = [told.answers.get(one.id, {}).get(question.id) for one in applications]
        rows.append((question.text, [answer_words(answer) if answer else "" for answer in answers]))
    return [(label, texts) for label, texts in rows if any(texts)]


def _of_companies(applications: Sequence[Application]) -> Rows:
    facts: list[tuple[str, Callable[[Company], str]]] = [
        (_("Kind of organisation"), lambda company: str(showing.kind(company))),
        (_("Province or country"), showing.place),
        (_("Size of the company"), lambda company: str(words.SIZES[company.size]) if company.size else ""),
        (_("Ownership"), lambda company: str(words.OWNERSHIPS[company.ownership]) if company.ownership else ""),
        (_("Sectors"), lambda company: " · ".join(showing.sector_names(company.sectors))),
        (_("About the company"), lambda company: company.profile),
    ]
    return [(label, [fact(one.company) for one in applications]) for label, fact in facts]


def _of_applications(fair: Fair, applications: Sequence[Application], told: Compared) -> Rows:
    technologies = [told.technologies.get(one.company_id, ()) for one in applications]
    reviewers = [told.reviewers.get(one.id) for one in applications]
    return [
        (_("What is shown"), [one.exhibits for one in applications]),
        (_("Wishes for the booth"), [one.booth_wish for one in applications]),
        (_("Technologies"), ["\n".join(map(_technology, those)) for those in technologies]),
        (_("Fairs taken part in before"), [_number(told.earlier.get(one.company_id, 0)) for one in applications]),
        (_("Handed in"), [_day(fair, one) for one in applications]),
        (_("Reviewer"), [user.full_name if user else "" for user in reviewers]),
    ]


def _number(number: int) -> str:
    return format_number(number, language()) if number else ""


def _day(fair: Fair, application: Application) -> str:
    at = application.submitted_at
    return format_date(at.astimezone(fair.zone).date(), language()) if at else ""


def _technology(technology: Technology) -> str:
    """A technology in a line: its title, how ready it is, and whether it can be read yet."""
    level = _("readiness %(level)s", level=technology.readiness) if technology.readiness else ""
    state = "" if technology.state == "published" else str(showing.record_state(technology)).lower()
    further = ", ".join(part for part in (level, state) if part)
    return f"• {technology.title} ({further})" if further else f"• {technology.title}"

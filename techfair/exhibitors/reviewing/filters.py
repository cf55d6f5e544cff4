"""What the queue of applications is narrowed and ordered by, read from a page's address."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager

from techfair.exhibitors import searching, words
from techfair.exhibitors.call.models import CallAnswer, CallQuestion
from techfair.exhibitors.models import Application, Company, CompanySector
from techfair.exhibitors.reviewing.models import ApplicationReviewer
from techfair.fairs import provinces, sectors
from techfair.fairs.models import Fair

MINE, NOBODY, ANY = "me", "none", "any"
SORTS: Mapping[str, Any] = {"company": Company.search_key, "handed_in": Application.submitted_at}
OLDEST_FIRST = ("submitted", "waiting")


@dataclass(frozen=True)
class Filters:
    """Each is empty where it narrows nothing; what an address says beyond what is known counts as empty."""

    state: str = ""
    q: str = ""
    sector: str = ""
    province: str = ""
    country: str = ""
    reviewer: str = ""  # ``me``, ``none`` or the number of an account
    unanswered: str = ""  # ``any`` or the number of a question
    sort: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Filters":
        said = {name: args.get(name, "") for name in cls.__dataclass_fields__}
        known = {name: value for name, value in said.items() if name == "q" or _is_known(name, value)}
        return cls(**known)

    def address(self, **changed: str) -> dict[str, str]:
        """The arguments of an address that shows this again."""
        return {name: value for name, value in (asdict(self) | changed).items() if value}

    @property
    def is_narrow(self) -> bool:
        """Whether more than the state and the order is chosen."""
        return any(value for name, value in asdict(self).items() if name not in {"state", "sort"})


def _is_known(name: str, value: str) -> bool:
    match name:
        case "state":
            return value in words.APPLICATION_STATES
        case "sector":
            return value in {sector.key for sector in sectors.all_sectors()}
        case "province":
            return bool(provinces.codes_of(value))
        case "country":
            return len(value) == 2 and value.isascii() and value.isalpha()
        case "reviewer":
            return value in {MINE, NOBODY} or _is_number(value)
        case "unanswered":
            return value == ANY or _is_number(value)
        case _:
            return value.lstrip("-") in SORTS


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


def applications(fair: Fair, filters: Filters, me: int) -> Select[Application]:
    """The applications that pass, with company and sectors, in the order asked for."""
    those = select(Application).join(Application.company).where(*conditions(fair, filters, me))
    if filters.state:
        those = those.where(Application.state == filters.state)
    those = those.options(contains_eager(Application.company).selectinload(Company.sectors))
    return those.order_by(*_order(filters), Application.id)


def conditions(fair: Fair, filters: Filters, me: int) -> Sequence[ColumnElement[bool]]:
    """All but the state, so that the states can be counted beside one another."""
    chosen: list[ColumnElement[bool]] = [Application.fair_id == fair.id, searching.found(filters.q, Company.search_key)]
    if filters.sector:
        chosen.append(Company.id.in_(select(CompanySector.company_id).filter_by(sector=filters.sector)))
    if filters.province:
        chosen.append(and_(Company.country == "VN", or_(false(), *_in_province(filters.province))))
    if filters.country:
        chosen.append(Company.country == filters.country.upper())
    if filters.reviewer:
        chosen.append(_reviewed_by(filters.reviewer, me))
    if filters.unanswered:
        chosen.append(_leaves_open(fair, filters.unanswered))
    return chosen


def _in_province(name: str) -> list[ColumnElement[bool]]:
    """A code means another province after a merger, so its days count, too."""
    spans = []
    for code, first, end in provinces.codes_of(name):
        span = [Company.province_code == code]
        span += [Company.province_on >= first] if first else []
        span += [Company.province_on < end] if end else []
        spans.append(and_(*span))
    return spans


def _reviewed_by(reviewer: str, me: int) -> ColumnElement[bool]:
    assigned = select(ApplicationReviewer.application_id)
    if reviewer == NOBODY:
        return Application.id.not_in(assigned)
    return Application.id.in_(assigned.filter_by(user_id=me if reviewer == MINE else int(reviewer)))


def _leaves_open(fair: Fair, question: str) -> ColumnElement[bool]:
    """Whether a question (any that is asked) has no answer from an application."""
    answered = select(CallAnswer.question_id).correlate(CallQuestion, Application)
    answered = answered.where(CallAnswer.question_id == CallQuestion.id, CallAnswer.application_id == Application.id)
    asked = select(CallQuestion.id).correlate(Application)
    asked = asked.where(CallQuestion.fair_id == fair.id, CallQuestion.retired_at.is_(None), ~answered.exists())
    return (asked if question == ANY else asked.where(CallQuestion.id == int(question))).exists()


def _order(filters: Filters) -> Sequence[Any]:
    exact = searching.exact_first(filters.q, Company.name_vi)
    if key := filters.sort.lstrip("-"):
        column = SORTS[key]
        return [column.desc() if filters.sort.startswith("-") else column]
    return [exact, Application.submitted_at if filters.state in OLDEST_FIRST else Application.id.desc()]

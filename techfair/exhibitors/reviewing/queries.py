"""Reads of the queue: who reviews what, notes, what there is to choose from, and companies beside one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from techfair.accounts.models import UnitRole, User
from techfair.accounts.permissions import units_above
from techfair.exhibitors import words
from techfair.exhibitors.call import queries as call_queries
from techfair.exhibitors.call.models import CallAnswer, CallQuestion
from techfair.exhibitors.models import Application, Company, CompanySector
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.reviewing.filters import ANY, Filters, conditions
from techfair.exhibitors.reviewing.models import ApplicationNote, ApplicationReviewer
from techfair.extensions import db
from techfair.fairs import provinces, sectors
from techfair.fairs.models import Fair

Choices = Sequence[tuple[str, str]]


def staff_of(fair: Fair) -> list[User]:
    """Who may decide applications of a fair, by name: the people of its unit and those above with that right."""
    roles = select(UnitRole).join(UnitRole.user).options(contains_eager(UnitRole.user))
    roles = roles.where(UnitRole.unit_id.in_(units_above(fair.unit_id)), User.is_active)
    may = [role.user for role in db.session.scalars(roles) if role.role == "admin" or "exhibitors" in role.grants]
    return sorted(set(may), key=lambda user: (user.search_text, user.id))


def reviewers_of(application_ids: Sequence[int]) -> dict[int, User]:
    """Who reviews each of these applications."""
    rows = select(ApplicationReviewer).join(ApplicationReviewer.user).options(contains_eager(ApplicationReviewer.user))
    rows = rows.where(ApplicationReviewer.application_id.in_(application_ids))
    return {row.application_id: row.user for row in db.session.scalars(rows)}


def notes_of(application: Application) -> Sequence[ApplicationNote]:
    """What organizers noted about an application, the oldest first."""
    those = select(ApplicationNote).filter_by(application_id=application.id)
    return db.session.scalars(
        those.options(joinedload(ApplicationNote.author, innerjoin=True)).order_by(ApplicationNote.id)
    ).all()


def note_counts(application_ids: Sequence[int]) -> dict[int, int]:
    """How many notes each of these applications has."""
    counted = select(ApplicationNote.application_id, func.count()).group_by(ApplicationNote.application_id)
    rows = db.session.execute(counted.where(ApplicationNote.application_id.in_(application_ids)))
    return {row[0]: row[1] for row in rows}


def state_counts(fair: Fair, filters: Filters, me: int) -> dict[str, int]:
    """How many applications that pass all else stand in which state."""
    counted = select(Application.state, func.count()).join(Application.company)
    rows = db.session.execute(counted.where(*conditions(fair, filters, me)).group_by(Application.state))
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Offered:
    """What the queue can be narrowed by: only what some application of the fair has."""

    sectors: Choices
    provinces: Choices
    countries: Choices
    questions: Sequence[CallQuestion]
    staff: Sequence[User]

    @property
    def people(self) -> list[tuple[str, str]]:
        return [(str(user.id), user.full_name) for user in self.staff]

    @property
    def open_questions(self) -> list[tuple[str, str]]:
        return [(ANY, _("any question")), *((str(one.id), one.text) for one in self.questions)]


def offered(fair: Fair) -> Offered:
    """The choices of the filters, each by its name in the reader's language; four statements and the staff's."""
    mine = select(Application.company_id).where(Application.fair_id == fair.id)
    worked_in = set(
        db.session.scalars(select(CompanySector.sector).where(CompanySector.company_id.in_(mine)).distinct())
    )
    places = select(Company.country, Company.province_code, Company.province_on).where(Company.id.in_(mine)).distinct()
    rows = db.session.execute(places).all()
    countries = {row.country for row in rows}
    names = {provinces.name_of(row.province_code, row.province_on) for row in rows if row.province_code}
    return Offered(
        sectors=[(sector.key, sector.label) for sector in sectors.all_sectors() if sector.key in worked_in],
        provinces=[(name, name) for name in sorted(names)],
        countries=sorted(((code, words.country(code)) for code in countries), key=lambda pair: pair[1]),
        questions=call_queries.questions_of(fair.id),
        staff=staff_of(fair),
    )


def chosen(fair: Fair, ids: Sequence[int]) -> list[Application]:
    """Those of these applications that are the fair's, in the order asked for."""
    those = select(Application).where(Application.fair_id == fair.id, Application.id.in_(ids))
    those = those.options(joinedload(Application.company).selectinload(Company.sectors))
    found = {application.id: application for application in db.session.scalars(those)}
    return [found[id] for id in dict.fromkeys(ids) if id in found]


@dataclass(frozen=True)
class Compared:
    """What stands in the columns of a comparison, by application or company."""

    questions: Sequence[CallQuestion]
    answers: Mapping[int, Mapping[int, CallAnswer]]
    technologies: Mapping[int, Sequence[Technology]]
    earlier: Mapping[int, int]
    reviewers: Mapping[int, User]


def compared(fair: Fair, applications: Sequence[Application]) -> Compared:
    """The rest of what is compared; the number of statements does not depend on how many are."""
    ids, company_ids = [one.id for one in applications], [one.company_id for one in applications]
    answers = {id: {one.question_id: one for one in said} for id, said in call_queries.answers_of(ids).items()}
    records = select(Technology).where(Technology.company_id.in_(company_ids), Technology.state != "archived")
    records = records.options(selectinload(Technology.sectors)).order_by(Technology.readiness.desc(), Technology.id)
    technologies: dict[int, list[Technology]] = {}
    for record in db.session.scalars(records):
        technologies.setdefault(record.company_id, []).append(record)
    part = select(Application.company_id, func.count()).where(
        Application.company_id.in_(company_ids), Application.state == "approved", Application.fair_id != fair.id
    )
    earlier = {row[0]: row[1] for row in db.session.execute(part.group_by(Application.company_id))}
    return Compared(call_queries.questions_of(fair.id), answers, technologies, earlier, reviewers_of(ids))

"""How far exhibitors are, one of them or all of a fair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.database import upsert
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.preparing import tasks
from techfair.exhibitors.preparing.models import Preparation, PreparationDue
from techfair.exhibitors.preparing.tasks import Facts, Item
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair


@dataclass(frozen=True)
class Progress:
    """An exhibitor with its tasks."""

    exhibitor: Exhibitor
    items: list[Item]

    @property
    def percent(self) -> int:
        return tasks.percent(self.items)

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if not item.is_done]

    @property
    def missing_keys(self) -> set[str]:
        return {item.task.key for item in self.missing}


def due_dates(fair_id: int) -> dict[str, date]:
    """The day by which each task is due, where one is set."""
    rows = db.session.scalars(select(PreparationDue).filter_by(fair_id=fair_id))
    return {row.task: row.due_on for row in rows}


def of_fair(fair: Fair) -> list[Progress]:
    """All exhibitors of a fair, those who are least far first; as many statements however many there are."""
    return sorted(_of(fair.id, _exhibitors(fair.id)), key=lambda one: one.percent)


def of_exhibitor(exhibitor: Exhibitor) -> Progress:
    """One exhibitor, its company loaded."""
    [found] = _of(exhibitor.fair_id, [exhibitor])
    return found


def _exhibitors(fair_id: int) -> Sequence[Exhibitor]:
    those = select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair_id, Exhibitor.is_active)
    return db.session.scalars(those.options(contains_eager(Exhibitor.company)).order_by(Company.search_key)).all()


def _of(fair_id: int, exhibitors: Sequence[Exhibitor]) -> list[Progress]:
    due, published = due_dates(fair_id), _published([one.company_id for one in exhibitors])
    ids = [one.id for one in exhibitors]
    rows = db.session.scalars(select(Preparation).where(Preparation.exhibitor_id.in_(ids)))
    said = {row.exhibitor_id: row for row in rows}
    further = {task.key: task.read(exhibitors) for task in tasks.TASKS if task.read}

    def facts(one: Exhibitor) -> Facts:
        known = {key: told.get(one.id) for key, told in further.items()}
        return Facts(one.company, published.get(one.company_id, 0), said.get(one.id), known)

    return [Progress(one, tasks.of(facts(one), due)) for one in exhibitors]


def _published(company_ids: Sequence[int]) -> Mapping[int, int]:
    counted = select(Technology.company_id, func.count()).where(
        Technology.company_id.in_(company_ids), Technology.state == "published"
    )
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Technology.company_id))}


def said_by(exhibitor: Exhibitor) -> Preparation:
    """What the exhibitor says of its booth; a new, empty row where it said nothing yet."""
    return db.session.get(Preparation, exhibitor.id) or Preparation(exhibitor_id=exhibitor.id, version=0)


def say(exhibitor: Exhibitor, version: int, by: User, **values: object) -> None:
    """Keep what the exhibitor says of its booth; raises ChangedMeanwhile where another saved since ``version``."""
    present = db.session.get(Preparation, exhibitor.id, with_for_update=True)
    if (present.version if present else 0) != version:
        raise ChangedMeanwhile
    row = {"exhibitor_id": exhibitor.id, "version": version + 1} | values
    upsert(Preparation, [row], by=("exhibitor_id",))
    audit.record("preparation.said", exhibitor, by=by, fields=sorted(values))


def set_due(fair: Fair, dates: Mapping[str, date | None], by: User) -> None:
    """By when each task is due; None for a task without a day."""
    known = due_dates(fair.id)
    for key, day in dates.items():
        row = db.session.get(PreparationDue, (fair.id, key))
        if day is None and row is not None:
            db.session.delete(row)
        elif day is not None:
            db.session.merge(PreparationDue(fair_id=fair.id, task=key, due_on=day))
    db.session.flush()
    after = {key: day.isoformat() for key, day in due_dates(fair.id).items()}
    audit.record(
        "preparation.due_set", fair, by=by, before={key: day.isoformat() for key, day in known.items()}, after=after
    )

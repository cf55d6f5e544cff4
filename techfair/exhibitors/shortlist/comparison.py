"""Records side by side: a row for each thing that can be compared, and whether they differ in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core.formats import format_date
from techfair.core.languages import language, pick
from techfair.exhibitors import showing
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.models import Company
from techfair.exhibitors.permanent.queries import is_known
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

MOST = 4


@dataclass(frozen=True)
class Line:
    """One row: its name, and what each record says."""

    name: str
    cells: Sequence[str]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def public(model: type[Technology | Need], refs: Sequence[str] = (), ids: Sequence[int] = ()) -> list[Any]:
    """The public ones among records, in the order in which they were named."""
    named = model.public_ref.in_(refs) if refs else model.id.in_(ids)
    those = select(model).join(model.company).where(named, model.state == "published", is_known())
    company = joinedload(model.company).selectinload(Company.sectors)
    rows = db.session.scalars(those.options(company, selectinload(model.sectors))).all()
    order = {key: place for place, key in enumerate(refs or ids)}
    return sorted(rows, key=lambda row: order[row.public_ref if refs else row.id])


def lines(records: Sequence[Any]) -> list[Line]:
    """The rows in which at least one record says something."""
    closed = parts.closed([one.id for one in records if isinstance(one, Technology)])
    told = [_of_need(one) if isinstance(one, Need) else _of_technology(one, closed.get(one.id, ())) for one in records]
    names = list(told[0]) if told else []
    made = [Line(name, [str(one[name] or "") for one in told]) for name in names]
    return [line for line in made if any(line.cells)]


def _of_technology(technology: Technology, closed: Sequence[str]) -> dict[str, Any]:
    def given(part: str, text: str) -> str:
        return _("on request") if part in closed else text

    told = {
        _("Summary"): technology.summary,
        _("Readiness"): _readiness(technology.readiness),
        _("Stage of use"): showing.stage(technology),
        _("Forms of transfer"): " · ".join(showing.transfer_forms(technology.transfer_forms)),
        _("Price"): given("price", showing.price(technology)),
        _("Intellectual property"): showing.intellectual_property(technology),
        _("Advantages"): given("advantages", technology.advantages),
        _("References of use"): given("references", showing.further(technology, "references")),
        _("Support offered"): given("support", showing.further(technology, "support")),
    }
    return told | _of_any(technology)


def _of_need(need: Need) -> dict[str, Any]:
    told = {
        _("The problem"): need.problem,
        _("The result wanted"): pick(need.wanted_result_vi, need.wanted_result_en),
        _("Lowest readiness"): _readiness(need.lowest_readiness),
        _("Forms of transfer"): " · ".join(showing.transfer_forms(need.transfer_forms)),
        _("Budget"): showing.budget(need),
        _("Wanted by"): format_date(need.deadline_on, language()) if need.deadline_on else "",
        _("Constraints"): showing.further(need, "constraints"),
    }
    return told | _of_any(need)


def _of_any(record: Technology | Need) -> dict[str, Any]:
    return {
        _("Sectors"): " · ".join(showing.sector_names(record.sectors)),
        _("Place"): showing.place(record.company),
    }


def _readiness(level: int | None) -> str:
    return f"{_('Level %(level)s of 9', level=level)}: {showing.readiness(level)}" if level else ""

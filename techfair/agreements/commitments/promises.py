"""What was promised against what was accepted as reached: reads that the dashboard, its rows and the job share.

Capital invested and money in transfer agreements are registers of their own and are never added up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from techfair.agreements.amending.models import MilestoneOrigin
from techfair.agreements.commitments.models import ProgressLine, ProgressReport
from techfair.agreements.deal.models import Milestone
from techfair.agreements.kinds import INVESTMENT_KINDS, TRANSFER_KINDS
from techfair.agreements.models import Agreement, Party
from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import provinces, sectors
from techfair.fairs.models import Fair

REGISTERS = {"investments": INVESTMENT_KINDS, "agreements": TRANSFER_KINDS}
IN_FORCE = ("completed",)
WHOLE = (
    joinedload(Agreement.fair),
    joinedload(Agreement.project),
    selectinload(Agreement.parties).joinedload(Party.company),
)


@dataclass(frozen=True)
class Promise:
    """One milestone of an agreement in force, with what was last accepted of it."""

    milestone: Milestone
    agreement: Agreement
    actual: int | None  # accepted, since the signing
    reached_on: date | None

    @property
    def is_hidden(self) -> bool:
        """Whether its amount is nobody's business: counted, never shown or added."""
        return self.agreement.is_confidential and self.milestone.measure == "capital"

    @property
    def is_reached(self) -> bool:
        """Whether all of it was reached, also of what an amendment added to it."""
        return self.reached_on is not None and (self.actual or 0) >= (self.milestone.planned or 0)

    @property
    def state(self) -> str:
        """``reached``, ``overdue`` or ``open``, by the fair's today."""
        if self.is_reached:
            return "reached"
        return "overdue" if self.milestone.due_on < clock.today(self.agreement.fair.timezone) else "open"

    @property
    def sector(self) -> str:
        project = self.agreement.project
        return self.agreement.sector or (project.sector if project else None) or ""

    @property
    def province(self) -> str:
        """Where it is to happen: the project's province, else that of the first party that has one."""
        project, signed_on = self.agreement.project, self.agreement.signed_on
        if project is not None and project.province_code and signed_on:
            return provinces.name_of(project.province_code, signed_on)
        for company in filter(None, (party.company for party in self.agreement.parties)):
            if company.province_code:
                return provinces.name_of(company.province_code, company.province_on)
        return ""


@dataclass
class Sum:
    """Promised and reached of one group; of steps their number."""

    key: str
    label: str
    planned: int = 0
    actual: int = 0
    count: int = 0
    hidden: int = 0

    def add(self, one: Promise) -> None:
        self.count += 1
        if one.is_hidden:
            self.hidden += 1
        elif one.milestone.measure == "step":
            self.planned, self.actual = self.planned + 1, self.actual + one.is_reached
        else:
            self.planned += one.milestone.planned or 0
            self.actual += one.actual or 0


@dataclass(frozen=True)
class Choice:
    """Which promises are looked at; what is empty does not narrow."""

    register: str = "investments"
    measure: str = ""
    sector: str | None = None
    province: str | None = None
    year: str | None = None
    fair: str | None = None
    state: str = ""

    def fits(self, one: Promise) -> bool:
        told = {"measure": one.milestone.unit, "state": one.state, **{name: of(one) for name, of in BY.items()}}
        return one.agreement.kind in REGISTERS[self.register] and all(
            wanted in (None, told[name]) or (wanted == "" and name in {"measure", "state"})
            for name, wanted in vars(self).items()
            if name != "register"
        )


BY: dict[str, Callable[[Promise], str]] = {
    "year": lambda one: str(one.milestone.due_on.year),
    "sector": lambda one: one.sector,
    "province": lambda one: one.province,
    "fair": lambda one: one.agreement.fair.slug,
}
LABELS: dict[str, Callable[[Promise], str]] = {
    **BY,
    "sector": lambda one: sectors.label(one.sector) if one.sector else "",
    "fair": lambda one: one.agreement.fair.name,
}


def of_fairs(fairs: Sequence[Fair]) -> list[Promise]:
    """Every promise of agreements in force of these fairs, by day: two statements, however many there are."""
    return _promises(Agreement.fair_id.in_([fair.id for fair in fairs]))


def of_agreement(agreement: Agreement) -> list[Promise]:
    """The promises of one agreement, whatever its state, by their place in it."""
    return _read(_statement().where(Milestone.agreement_id == agreement.id).order_by(None).order_by(Milestone.position))


def sums(promises: Iterable[Promise]) -> dict[str, Sum]:
    """One sum for each unit: capital of every currency by itself."""
    return {one.key: one for one in _grouped(promises, lambda one: one.milestone.unit)}


def grouped(promises: Iterable[Promise], by: str) -> list[Sum]:
    """Sums by ``fair``, ``sector``, ``province`` or ``year``, in the order of their names."""
    return sorted(_grouped(promises, BY[by], LABELS[by]), key=lambda one: one.label)


def _grouped(
    promises: Iterable[Promise], key: Callable[[Promise], str], label: Callable[[Promise], str] | None = None
) -> list[Sum]:
    found: dict[str, Sum] = {}
    for one in promises:
        found.setdefault(key(one), Sum(key(one), (label or key)(one))).add(one)
    return list(found.values())


def _promises(where: Any) -> list[Promise]:
    return _read(_statement().where(where, Agreement.state.in_(IN_FORCE), Agreement.kind.in_(_counted())))


def _counted() -> tuple[str, ...]:
    return (*INVESTMENT_KINDS, *TRANSFER_KINDS)


def _read(statement: Select[Any]) -> list[Promise]:
    return [Promise(*row) for row in db.session.execute(statement).unique()]


def newest() -> Any:
    """What was accepted last of each milestone: of the latest half-year, and in it of the latest report."""
    latest = (ProgressReport.period_on.desc(), ProgressReport.id.desc())
    root = func.coalesce(MilestoneOrigin.origin_id, ProgressLine.milestone_id)
    place = func.row_number().over(partition_by=root, order_by=latest)
    lines = select(root.label("root"), ProgressLine.actual, ProgressLine.reached_on, place.label("place"))
    lines = lines.outerjoin(MilestoneOrigin, MilestoneOrigin.milestone_id == ProgressLine.milestone_id)
    accepted = lines.join(ProgressReport, ProgressReport.id == ProgressLine.report_id)
    return accepted.where(ProgressReport.state == "accepted").subquery()


def beside(milestones: Select[Any], last: Any) -> Select[Any]:
    """Milestones with what was accepted last of each, or of the one that it goes on from."""
    origin = aliased(MilestoneOrigin)
    root = func.coalesce(origin.origin_id, Milestone.id)
    found = milestones.outerjoin(origin, origin.milestone_id == Milestone.id)
    return found.outerjoin(last, and_(last.c.root == root, last.c.place == 1))


def _statement() -> Select[Any]:
    last = newest()
    found = select(Milestone, Agreement, last.c.actual, last.c.reached_on)
    found = found.join(Agreement, Agreement.id == Milestone.agreement_id)
    return beside(found, last).options(*WHOLE).order_by(Milestone.due_on, Milestone.id)

"""The floor plan with who stands where, as pages draw it and as it reads as a list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, select

from techfair.core.vietnamese import search_key
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.floor.schemas import Feature
from techfair.fairs.models import Fair

FONT, SIGN, MARGIN = 0.8, 0.68, 0.4  # in squares: the largest letters, the width of one among them, what stays empty


@dataclass(frozen=True)
class Stand:
    """A booth as it is drawn; ``ref`` and ``name`` are those of the company that has it."""

    id: int
    code: str
    x: int
    y: int
    width: int
    height: int
    category: str
    square_metres: int
    is_blocked: bool
    name_vi: str | None = None
    name_en: str | None = None
    ref: str | None = None

    @property
    def state(self) -> str:
        """Free, taken or blocked; an exhibitor on a booth that is blocked now still stands there."""
        if self.ref:
            return "taken"
        return "blocked" if self.is_blocked else "free"

    @property
    def font_size(self) -> float:
        return round(min(FONT, (self.width - MARGIN) / (SIGN * len(self.code))), 2)


@dataclass
class Party:
    """An exhibitor and its booths in one hall."""

    name_vi: str
    name_en: str
    ref: str
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class HallPlan:
    """One hall with its booths in the order of their codes."""

    hall: Hall
    stands: list[Stand]

    def of_state(self, state: str) -> list[Stand]:
        return [stand for stand in self.stands if stand.state == state]

    @property
    def features(self) -> list[Feature]:
        return [Feature.model_validate(feature) for feature in self.hall.features]

    @property
    def parties(self) -> list[Party]:
        """Who stands in the hall, by name."""
        found: dict[str, Party] = {}
        for stand in self.stands:
            if stand.ref:
                party = Party(stand.name_vi or "", stand.name_en or "", stand.ref)
                found.setdefault(stand.ref, party).codes.append(stand.code)
        return sorted(found.values(), key=lambda party: search_key(party.name_vi))


def of(fair: Fair) -> list[HallPlan]:
    """The halls of a fair with their booths and who has them, in two statements."""
    halls = db.session.scalars(select(Hall).filter_by(fair_id=fair.id).order_by(Hall.code)).all()
    stands: dict[int, list[Stand]] = defaultdict(list)
    for hall_id, *values in db.session.execute(_stands(fair)):
        stands[hall_id].append(Stand(*values))
    return [HallPlan(hall, stands[hall.id]) for hall in halls if stands[hall.id]]


def _stands(fair: Fair) -> Any:
    given = and_(BoothAssignment.booth_id == Booth.id, BoothAssignment.state == "assigned")
    place = (Booth.id, Booth.code, Booth.x, Booth.y, Booth.width, Booth.height)
    kind = (Booth.category, Booth.square_metres, Booth.is_blocked)
    rows = select(Booth.hall_id, *place, *kind, Company.name_vi, Company.name_en, Company.public_ref)
    rows = rows.outerjoin(BoothAssignment, given).outerjoin(Exhibitor, Exhibitor.id == BoothAssignment.exhibitor_id)
    rows = rows.outerjoin(Company, Company.id == Exhibitor.company_id)
    return rows.where(Booth.fair_id == fair.id).order_by(Booth.code)


def found(plans: Iterable[HallPlan], text: str) -> set[str]:
    """The codes of the booths whose exhibitor or code holds all words of a text, accents or not.

    A booth's own code means that booth alone, not each whose code begins with it.
    """
    plans, words = list(plans), search_key(text).split()
    if not words:
        return set()
    if exact := at(plans, text):
        return {exact[1].code}
    return {stand.code for one in plans for stand in one.stands if _holds(stand, words)}


def _holds(stand: Stand, words: Sequence[str]) -> bool:
    held = search_key(f"{stand.code} {stand.name_vi or ''} {stand.name_en or ''}")
    return all(word in held for word in words)


def at(plans: Iterable[HallPlan], code: str) -> tuple[HallPlan, Stand] | None:
    """The booth of a code, as it is written on its sign, and its hall."""
    wanted = code.strip().upper()
    return next(((one, stand) for one in plans for stand in one.stands if stand.code == wanted), None)

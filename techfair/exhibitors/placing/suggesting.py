"""A suggestion for a fair: its rows made a problem, what came out kept with the job, and applied as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core.errors import TechfairError
from techfair.core.jobs import Job, job
from techfair.exhibitors import booths
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.exhibitors.placing import giving, plan, queries, wishes
from techfair.exhibitors.placing.models import BoothWish
from techfair.exhibitors.placing.suggestion.problem import Party, Place, Problem
from techfair.extensions import db
from techfair.fairs.floor.geometry import Rectangle
from techfair.fairs.floor.models import Booth
from techfair.fairs.floor.schemas import Feature
from techfair.fairs.models import Fair

JOB = "suggest_booths"


class SuggestionOutdated(TechfairError):
    """Somebody got one of the booths since, or an exhibitor left: nothing of the suggestion was applied."""

    code, status = "suggestion_outdated", 409
    message = _l("The plan has changed since this suggestion was made, and nothing was applied. Make a new one.")


@dataclass(frozen=True)
class Change:
    """What a suggestion would do with one exhibitor; ``before`` and ``after`` are codes, empty for none."""

    name: str
    before: str
    after: str
    reason: str = ""


@job(JOB)
def suggest_booths(job: Job, may_move: bool = False, **_before: Any) -> None:
    """Solve the fair's placing and keep what came out in the job's row."""
    from techfair.exhibitors.placing.suggestion.solve import solve  # its solver is large: only the worker loads it

    fair = db.session.get_one(Fair, job.fair_id)
    problem = problem_of(fair, may_move)
    db.session.commit()  # solving takes seconds, in which others may write
    found = solve(problem)
    stood = {party.id: party.stands_at for party in problem.parties if party.stands_at}
    told = {"place_of": _keyed(found.place_of), "reasons": _keyed(found.reasons), "stood": _keyed(stood)}
    job.arguments = {"may_move": may_move, "found": told | {"is_best": found.is_best}, "applied": False}
    db.session.commit()


def _keyed(values: Mapping[int, Any]) -> dict[str, Any]:
    """As JSON keeps it."""
    return {str(key): value for key, value in values.items()}


def problem_of(fair: Fair, may_move: bool) -> Problem:
    """Who has no booth and, if they ``may_move``, who has a single one; and the booths that can be theirs."""
    places = {place.id: place for place in _places(fair)}
    exhibitors = _exhibitors(fair)
    held = {one.id: _of_state(one, "assigned", "offered") for one in exhibitors}
    movable = {id: of[0] for id, of in held.items() if may_move and len(of) == 1 and _is_assigned(exhibitors, id)}
    wished = queries.wishes_at(fair)
    parties = [_party(one, wished.get(one.id), movable.get(one.id)) for one in exhibitors if _takes_part(one, movable)]
    given = {booth for of in held.values() for booth in of} - set(movable.values())
    fixed = {
        id: tuple(places[booth] for booth in of if booth in places) for id, of in held.items() if id not in movable
    }
    blocked = set(db.session.scalars(select(Booth.id).where(Booth.fair_id == fair.id, Booth.is_blocked)))
    free = (place for id, place in places.items() if id not in given and id not in blocked)
    return Problem(tuple(free), tuple(parties), fixed, frozenset(wishes.apart_at(fair)))


def _exhibitors(fair: Fair) -> list[Exhibitor]:
    those = select(Exhibitor).where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
    those = those.options(selectinload(Exhibitor.booths), joinedload(Exhibitor.company).selectinload(Company.sectors))
    return list(db.session.scalars(those.order_by(Exhibitor.approved_at, Exhibitor.id)))


def _of_state(exhibitor: Exhibitor, *states: str) -> list[int]:
    """The booths of an exhibitor in these states, what came first first."""
    ordered: Iterable[BoothAssignment] = sorted(exhibitor.booths, key=lambda one: (one.changed_at, one.id))
    return [one.booth_id for one in ordered if one.state in states]


def _is_assigned(exhibitors: Iterable[Exhibitor], id: int) -> bool:
    return any(one.id == id and _of_state(one, "assigned") for one in exhibitors)


def _takes_part(exhibitor: Exhibitor, movable: Mapping[int, int]) -> bool:
    return exhibitor.id in movable or not _of_state(exhibitor, "assigned", "offered")


def _party(exhibitor: Exhibitor, wish: BoothWish | None, stands_at: int | None) -> Party:
    said = BoothWish(needs_power=False, needs_water=False) if wish is None else wish
    return Party(
        exhibitor.id,
        frozenset(row.sector for row in exhibitor.company.sectors),
        said.category,
        said.square_metres,
        said.hall_id,
        said.needs_power,
        said.needs_water,
        tuple(_of_state(exhibitor, "requested")),
        stands_at,
    )


def _places(fair: Fair) -> Iterable[Place]:
    for one in plan.of(fair):
        by_kind: dict[str, list[Feature]] = defaultdict(list)
        for feature in one.features:
            by_kind[feature.kind].append(feature)
        for stand in one.stands:
            yield Place(
                stand.id,
                one.hall.id,
                stand.code,
                stand.x,
                stand.y,
                stand.width,
                stand.height,
                stand.category,
                stand.square_metres,
                frozenset(zone.sector for zone in by_kind["zone"] if zone.sector and _meet(stand, zone, 0)),
                any(_meet(stand, point, 1) for point in by_kind["power"]),
                any(_meet(stand, point, 1) for point in by_kind["water"]),
            )


def _meet(one: Rectangle, other: Rectangle, reach: int) -> bool:
    """Whether two cover a common square, or come as near as ``reach`` squares."""
    across = one.x < other.x + other.width + reach and other.x < one.x + one.width + reach
    return across and one.y < other.y + other.height + reach and other.y < one.y + one.height + reach


def changes(fair: Fair, found: Mapping[str, Any]) -> dict[str, list[Change]]:
    """What applying would do: who is placed, who moves, who stays, and who is left out and why."""
    names = queries.names(fair)
    codes = {row.id: row.code for row in db.session.execute(select(Booth.id, Booth.code).filter_by(fair_id=fair.id))}
    told: dict[str, list[Change]] = {"placed": [], "moved": [], "stays": [], "left": []}
    for key, name in ((str(id), name) for id, name in names.items()):
        before, after = codes.get(found["stood"].get(key), ""), codes.get(found["place_of"].get(key), "")
        if key in found["reasons"]:
            told["left"].append(Change(name, before, "", found["reasons"][key]))
        elif after:
            kind = "placed" if not before else "stays" if before == after else "moved"
            told[kind].append(Change(name, before, after))
    return told


def apply(fair: Fair, row: Job, by: Any) -> int:
    """Give the booths as suggested, all of them or none; how many. Raises SuggestionOutdated."""
    found = row.arguments.get("found")
    if row.fair_id != fair.id or row.name != JOB or not found or row.arguments.get("applied"):
        raise SuggestionOutdated
    wanted = {int(key): place for key, place in found["place_of"].items() if found["stood"].get(key) != place}
    exhibitors = {one.id: one for one in _exhibitors(fair)}
    places = {booth.id: booth for booth in db.session.scalars(select(Booth).where(Booth.id.in_(wanted.values())))}
    stood = {id: _leave(exhibitors.get(id), found["stood"].get(str(id)), by) for id in wanted}
    try:
        for id, place in wanted.items():
            giving.give(exhibitors[id], places[place], by, instead_of=stood[id])
    except (KeyError, booths.BoothTaken, booths.BoothUnusable) as error:
        raise SuggestionOutdated from error
    row.arguments = row.arguments | {"applied": True}
    return len(wanted)


def _leave(exhibitor: Exhibitor | None, place: int | None, by: Any) -> str:
    """Take the exhibitor off the booth that it is to leave; that booth's code."""
    if exhibitor is None:
        raise SuggestionOutdated
    if _of_state(exhibitor, "assigned", "offered") != ([place] if place else []):
        raise SuggestionOutdated
    if place is None:
        return ""
    [held] = [one for one in exhibitor.booths if one.booth_id == place and one.state == "assigned"]
    booths.release(held, exhibitor, by)
    return held.booth.code

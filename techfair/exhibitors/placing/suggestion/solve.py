"""The best placing, by CP-SAT: as many as possible, as few moved as possible, each as well as possible."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from techfair.exhibitors.placing.suggestion.problem import Party, Problem

PLACED = 10_000  # to have a booth counts more than all wishes of one exhibitor
STAYS = 1_000  # to stay where one stands counts more than a better booth


@dataclass(frozen=True)
class Suggestion:
    """``place_of``: exhibitor to booth. ``reasons``: who got none, and why. ``is_best``: no better one exists."""

    place_of: dict[int, int]
    reasons: dict[int, str]
    is_best: bool


def solve(problem: Problem, *, seconds: float = 60.0, work: float = 60.0, workers: int = 1) -> Suggestion:
    """Place the parties; the same problem gives the same answer unless ``seconds`` run out."""
    options = {party.id: _options(problem, party) for party in problem.parties}
    model = cp_model.CpModel()
    stands = {party: {place: model.new_bool_var("") for place in places} for party, places in options.items()}
    _one_each(model, stands)
    _keep_apart(model, problem, stands)
    model.maximize(_gain(problem, stands))
    place_of, is_best = _run(model, stands, seconds, work, workers)
    left = [party for party in problem.parties if party.id not in place_of]
    return Suggestion(place_of, {party.id: _reason(problem, party, options[party.id]) for party in left}, is_best)


def _options(problem: Problem, party: Party) -> list[int]:
    """The places where a party may stand, the best ones; where it stands now it may stay, whatever was drawn since.

    No other is ever needed: of as many places as there are parties one is free, and of as many more as lie
    beside those kept apart from it one is allowed. So 160 exhibitors look at a third of 500 booths.
    """
    foes = sum(party.id in pair for pair in problem.apart)
    enough = len(problem.parties) + foes * max((len(beside) for beside in problem.neighbours.values()), default=0)
    allowed = [place for place in problem.places if problem.why_not(party, place) is None]
    best = sorted(allowed, key=lambda place: (-problem.worth(party, place), place.id))[:enough]
    stays = [place for place in problem.places if place.id == party.stands_at and place not in best]
    return [place.id for place in (*best, *stays)]


def _one_each(model: Any, stands: dict[int, dict[int, Any]]) -> None:
    on_place: dict[int, list[Any]] = defaultdict(list)
    for places in stands.values():
        model.add_at_most_one(places.values())
        for place, here in places.items():
            on_place[place].append(here)
    for here in on_place.values():
        model.add_at_most_one(here)


def _keep_apart(model: Any, problem: Problem, stands: dict[int, dict[int, Any]]) -> None:
    """Where one of a pair stands, the other stands on none of the places beside it."""
    for first, second in sorted(problem.apart):
        for place, here in stands.get(first, {}).items():
            beside = [there for other, there in stands.get(second, {}).items() if other in problem.neighbours[place]]
            if beside:
                model.add_at_most_one([here, *beside])


def _gain(problem: Problem, stands: dict[int, dict[int, Any]]) -> Any:
    """What a placing is worth as a whole."""
    places = {place.id: place for place in problem.places}
    chosen, gains = [], []
    for party in problem.parties:
        for place, here in stands[party.id].items():
            stays = STAYS if place == party.stands_at else 0
            chosen.append(here)
            gains.append(PLACED + stays + problem.worth(party, places[place]))
    return cp_model.LinearExpr.weighted_sum(chosen, gains)


def _run(
    model: Any, stands: dict[int, dict[int, Any]], seconds: float, work: float, workers: int
) -> tuple[dict[int, int], bool]:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_deterministic_time = work
    solver.parameters.num_workers = workers
    solver.parameters.interleave_search = workers > 1  # else several workers answer differently each time
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):  # values would be without meaning
        return {}, False
    found = {
        party: place for party, places in stands.items() for place, here in places.items() if solver.boolean_value(here)
    }
    return found, status == cp_model.OPTIMAL


def _reason(problem: Problem, party: Party, options: list[int]) -> str:
    """Why somebody got no booth: the last rule that no booth passed, or that others have those that suit."""
    if options:
        return "given_to_others"
    if not problem.places:
        return "none_free"
    order = ("too_small", "no_power", "no_water", "other_zone", "beside")
    met = {reason for place in problem.places if (reason := problem.why_not(party, place))}
    return max(met, key=order.index)

"""Instances for the scheduler's tests: from files, in few words, and by chance; and the independent checker."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from techfair.meetings import yardstick
from techfair.meetings.scheduler import Instance, Limits, Schedule, solve

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
PUBLISHED = ROOT / "bench" / "b2b" / "published"
LIMITS = Limits(seconds=120, workers=2)  # far more than a proof takes: no test depends on a clock


def _bench(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / "b2b" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verify, generate, disrupt = _bench("verify"), _bench("generate"), _bench("disrupt")


def published(name: str) -> dict[str, Any]:
    return json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))


@cache
def solved_day(name: str) -> Schedule:
    """A published day's schedule, found once for all tests of one process: see fixtures/sharing.py."""
    return solved(published(name))


def day(meetings, *, slots=4, tables=2, people=(), interpreters=(), **more) -> dict[str, Any]:
    """A one-session day; ``meetings`` as "anna ben" or records, people made from their names where not given."""
    wishes = [
        {"id": f"m{n}", "weight": 1, "allowed_slots": None, "fixed": None, "after": []}
        | ({"participants": wish.split()} if isinstance(wish, str) else wish)
        for n, wish in enumerate(meetings, 1)
    ]
    known = {person["id"]: person for person in people}
    for wish in wishes:
        for name in wish["participants"]:
            known.setdefault(name, {"id": name})
    plain = {"languages": ["vi"], "unavailable": [], "booth": None, "max_meetings": None}
    if isinstance(slots, int):
        slots = [{"id": t, "session": "day", "start": f"2026-11-24T{8 + t:02}:00:00"} for t in range(slots)]
    return {
        "format": "techfair-b2b/1",
        "name": "day",
        "slots": slots,
        "tables": [f"T{n + 1}" for n in range(tables)],
        "participants": [plain | person for person in known.values()],
        "meetings": wishes,
        "interpreters": list(interpreters),
        "must_place_all": False,
    } | more


def read(record: dict[str, Any]) -> Instance:
    return yardstick.instance_of(record)


def solved(record: dict[str, Any], limits: Limits = LIMITS, **more) -> Schedule:
    """The schedule, which the independent checker has accepted."""
    schedule = solve(read(record), limits, **more)
    assert_valid(record, schedule)
    return schedule


def assert_valid(record: dict[str, Any], schedule: Schedule) -> None:
    wrong, figures = verify.check(record, yardstick.record_of(schedule))
    assert wrong == []
    counted = {name: figures[name] for name in ("placed", "meetings", "weight", "gaps", "moved")}
    told = schedule.figures
    assert counted == {name: getattr(told, name) for name in counted}


def reasons(schedule: Schedule) -> dict[str, str]:
    return {left.meeting: left.reason.value for left in schedule.unplaced}


LANGUAGES = ["vi", "ko", "en"]


@st.composite
def instances(draw) -> dict[str, Any]:
    """Small days in which every hard rule bites: nothing is fixed yet, so none is impossible."""
    slots = draw(st.integers(2, 6))
    first = draw(st.integers(1, slots))
    some_slots = st.lists(st.integers(0, slots - 1), max_size=slots - 1, unique=True)
    people = [
        {
            "id": f"p{n}",
            "languages": [draw(st.sampled_from(LANGUAGES))],
            "unavailable": draw(some_slots),
            "booth": draw(st.sampled_from([None, None, None, "B1", f"B{n + 2}"])),
            "max_meetings": draw(st.sampled_from([None, None, 0, 1, 2])),
        }
        for n in range(draw(st.integers(3, 7)))
    ]
    names = st.sampled_from([person["id"] for person in people])
    meetings = [
        {
            "participants": draw(st.lists(names, min_size=2, max_size=draw(st.sampled_from([2, 2, 3])), unique=True)),
            "weight": draw(st.integers(1, 3)),
            "allowed_slots": draw(st.none() | st.lists(st.integers(0, slots - 1), min_size=1, unique=True)),
            "after": [f"m{draw(st.integers(1, n))}"] if n and draw(st.integers(0, 3)) == 0 else [],
        }
        for n in range(draw(st.integers(1, 9)))
    ]
    interpreters = [
        {"id": f"i{n}", "pairs": draw(st.sampled_from(PAIRS)), "unavailable": draw(some_slots)}
        for n in range(draw(st.integers(0, 2)))
    ]
    sessions = [{"id": t, "session": "am" if t < first else "pm", "start": ""} for t in range(slots)]
    return day(meetings, slots=sessions, tables=draw(st.integers(1, 2)), people=people, interpreters=interpreters)


PAIRS = [[["vi", "ko"]], [["vi", "en"]], [["vi", "ko"], ["en", "ko"]]]

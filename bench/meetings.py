"""How good the schedules of B2B meetings are, beside a greedy one, on made and on published instances.

    python bench/meetings.py [--only NAME ...] [--national] [--workers N]

Each line: meetings placed, gaps, what is proven of them, moved ones for a repair, seconds, and the greedy plan that a
simple product would ship (the scheduler's own first plan). Every schedule is checked by bench/b2b/verify.py, which
knows nothing of how it was found; one that breaks a rule ends the run. The targets are those of bench/b2b/TARGETS.md.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from techfair.meetings import yardstick
from techfair.meetings.scheduler import Limits, Schedule, solve
from techfair.meetings.scheduler.problem import Problem

HERE = Path(__file__).parent / "b2b"


@dataclass(frozen=True)
class Target:
    """What must be reached: in so many seconds, at most so many gaps, at least this weight, proven or not."""

    name: str
    seconds: float
    gaps: int | None = None
    weight: int | None = None
    proven: bool = False


MADE = (
    Target("small", 5, proven=True),
    Target("medium", 10, proven=True),
    Target("wide", 5, proven=True),
    Target("tight", 60, gaps=40, weight=302),
    Target("hall", 60, gaps=35, weight=600),
    Target("fair", 60, gaps=20, weight=1975),
)
NATIONAL = Target("national", 60, gaps=250, weight=13673)
PUBLISHED = (
    Target("tic-12", 2, proven=True),
    Target("tic-12.fixed020", 2, proven=True),
    Target("tic-12.forb0003", 30, weight=124, proven=True),
    Target("tic-13crafc", 10, proven=True),
    Target("forumt-14", 5, proven=True),
    Target("tic-14crafd.prec15", 60, gaps=0),
    Target("forum-13", 10, proven=True),
)
REPAIRED = ("hall", "fair")
REPAIR_SECONDS = 10.0
SPARE = 0.02  # of the meetings that can stay, so many may move beside the broken ones


def _tool(name: str) -> ModuleType:
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verify, generate, disrupt = _tool("verify"), _tool("generate"), _tool("disrupt")


def found(record: dict[str, Any], seconds: float, workers: int) -> Schedule:
    """A schedule that the independent checker has accepted."""
    schedule = solve(yardstick.instance_of(record), Limits(seconds=seconds, workers=workers))
    wrong, _ = verify.check(record, yardstick.record_of(schedule))
    if wrong:
        sys.exit(f"{record['name']}: {wrong[0]}")
    return schedule


def line(name: str, record: dict[str, Any], best: Schedule, greedy: Schedule, verdict: str) -> str:
    figures, bound = best.figures, best.bound
    moved = f"moved {figures.moved} (at least {bound.moved}), " if bound.moved is not None else ""
    return (
        f"{name:20} placed {figures.placed}/{figures.meetings}, weight {figures.weight} (at most {bound.weight}), "
        f"{moved}gaps {figures.gaps} (at least {bound.gaps}), {best.status}, {best.seconds:.1f} s; "
        f"greedy: {greedy.figures.placed} placed, weight {greedy.figures.weight}, "
        f"{f'moved {greedy.figures.moved}, ' if moved else ''}gaps {greedy.figures.gaps}. {verdict}"
    )


def plain(target: Target, record: dict[str, Any], workers: int) -> tuple[str, bool, Schedule]:
    greedy, best = found(record, 0, workers), found(record, target.seconds, workers)
    reached = (
        (not target.proven or best.status == "optimal")
        and (target.gaps is None or best.figures.gaps <= target.gaps)
        and (target.weight is None or best.figures.weight >= target.weight)
    )
    return line(target.name, record, best, greedy, "reached" if reached else "MISSED"), reached, best


def repair(record: dict[str, Any], before: Schedule, workers: int) -> tuple[str, bool]:
    """The morning after: what is broken must move, and hardly anything else."""
    morning = disrupt.disrupt(record, yardstick.record_of(before), 3)
    greedy, best = found(morning, 0, workers), found(morning, REPAIR_SECONDS, workers)
    held = len(morning["previous"])
    broken = sum(stays is None for stays in Problem(yardstick.instance_of(morning)).previous.values())
    most = broken + SPARE * held
    reached = best.figures.moved <= most and best.figures.weight >= greedy.figures.weight
    verdict = f"{'reached' if reached else 'MISSED'}: of {held} that stood, at most {most:.0f} may move"
    return line(f"{record['name']} repaired", morning, best, greedy, verdict), reached


def lines(names: list[str], targets: list[Target], workers: int) -> Iterator[tuple[str, bool]]:
    for target in targets:
        if names and target.name not in names:
            continue
        kept = HERE / "published" / f"{target.name}.json"
        record = json.loads(kept.read_text()) if kept.exists() else generate.generate(target.name, 1)
        text, reached, best = plain(target, record, workers)
        yield text, reached
        if target.name in REPAIRED:
            yield repair(record, best, workers)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only", nargs="*", default=[], help="names of instances")
    words.add_argument("--national", action="store_true", help="the largest one too")
    words.add_argument("--workers", type=int, default=2, help="parts of a plan searched at a time, up to four")
    given = words.parse_args()
    targets = [*MADE, *([NATIONAL] if given.national else []), *PUBLISHED]
    missed = 0
    for text, reached in lines(given.only, targets, given.workers):
        print(text, flush=True)
        missed += not reached
    if missed:
        sys.exit(f"{missed} targets missed")


if __name__ == "__main__":
    main()

"""``techfair meetings ...``"""

import math
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import click

from techfair.meetings import yardstick
from techfair.meetings.scheduler import Bound, Figures, ImpossibleInstance, Limits, Progress, solve

TELL_EVERY = 1.0  # seconds between two lines of progress


@click.group()
def meetings() -> None:
    """Schedule meetings."""


@meetings.command("solve")
@click.argument("instance", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the schedule.",
)
@click.option("--time-limit", default=60.0, show_default=True, type=click.FloatRange(min=0), help="Seconds.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(min=1), help="Threads of the solver.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 2**31 - 1))
@click.option(
    "--work-limit",
    default=math.inf,
    type=click.FloatRange(min=0),
    help="Deterministic time, the same on every machine.",
)
def solve_file(instance: Path, output: Path, time_limit: float, workers: int, seed: int, work_limit: float) -> None:
    """Solve INSTANCE (techfair-b2b/1) and write the schedule; progress goes to stderr.

    Stopped by Ctrl-C or SIGTERM, it writes the best schedule found so far.
    """
    stop = _stop_on_signal()
    limits = Limits(time_limit, work_limit, workers, seed)
    try:
        schedule = solve(yardstick.read_instance(instance), limits, on_progress=Teller(), should_stop=stop.is_set)
        yardstick.write_schedule(schedule, output)
    except ImpossibleInstance as impossible:
        for fault in impossible.faults:
            click.echo(f"{fault.code}: {fault.message['en']} / {fault.message['vi']}", err=True)
        sys.exit(1)
    except (yardstick.NotAnInstance, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{schedule.status}: {_line(schedule.figures, schedule.bound, schedule.seconds)}", err=True)


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop


class Teller:
    """Prints how far the run is, once a second."""

    def __init__(self) -> None:
        self.told_at = -TELL_EVERY

    def __call__(self, progress: Progress) -> None:
        if progress.seconds - self.told_at >= TELL_EVERY:
            self.told_at = progress.seconds
            line = _line(progress.figures, progress.bound, progress.seconds)
            click.echo(f"improving {progress.goal}: {line}", err=True)


def _line(figures: Figures, bound: Bound, seconds: float) -> str:
    moved = "" if bound.moved is None else f"moved {figures.moved} (bound {bound.moved}) "
    return (
        f"placed {figures.placed}/{figures.meetings} weight {figures.weight} (bound {bound.weight}) "
        f"{moved}gaps {figures.gaps} (bound {bound.gaps}) in {seconds:.1f} s"
    )

"""Runs the web server and the worker as one service: started together, stopped together."""

import ctypes
import os
import signal
import subprocess  # runs this interpreter with arguments of our own
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from techfair.settings import Settings

STOP_WITHIN = 30  # seconds for requests and jobs under way
LONGEST_PAUSE = 30.0


def _tie_to_parent() -> None:
    """On Linux, end with the parent even if it is killed outright, so that nothing keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


@dataclass
class Child:
    """One process under the parent; ``revive`` starts it again, after a pause that doubles."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    due: float = 0.0
    pause: float = field(default=1.0)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_tie_to_parent)  # noqa: S603

    def revive(self) -> None:
        now = time.monotonic()
        if self.is_running:
            return
        if self.process is not None:
            self.process, self.due = None, now + self.pause
            self.pause = min(LONGEST_PAUSE, self.pause * 2)
        if now >= self.due:
            self.start()

    def end(self) -> None:
        if self.process is not None and self.is_running:
            self.process.send_signal(signal.SIGTERM)

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()


@dataclass(frozen=True)
class HallChoices:
    """What the operator says of a hall server."""

    bind: str
    secure_bind: str
    workers: int
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True)
class Lineup:
    """What is served: commands of web servers, what runs beside them, and the settings of all."""

    webs: list[list[str]]
    others: list[list[str]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


LineUpHall = Callable[[HallChoices, Settings], Lineup]
_in_hall: list[LineUpHall] = []


def in_hall(line_up: LineUpHall) -> LineUpHall:
    """Register how a hall server is served; the room that knows of halls stands to the right."""
    _in_hall[:] = [line_up]
    return line_up


def hall(choices: HallChoices, settings: Settings) -> Lineup:
    """What is served in a hall; raises what the room of halls raises."""
    [line_up] = _in_hall
    return line_up(choices, settings)


def web_command(bind: str, workers: int, more: Iterable[str] = ()) -> list[str]:
    # Threads, not sync workers: those keep no connection, and one live-update stream would hold a worker.
    options = ["-k", "gthread", "-w", str(workers), "--threads", "8", "-b", bind, *more]
    options += ["--no-control-socket", "--graceful-timeout", "20", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", *options, "techfair.web:app"]


def worker_command(threads: int) -> list[str]:
    # -g TERM: SIGTERM lets a running job end; -m: at most half a second until a job is seen.
    options = ["-w", str(threads), "-k", "thread", "-m", "0.5", "-g", "TERM", "-t", "25", "-q"]
    return [sys.executable, "-m", "huey.bin.huey_consumer", "techfair.worker.queue", *options]


def serve(lineup: Lineup, settings: Settings) -> None:
    """Run web servers, worker and what else is lined up until SIGTERM, Ctrl-C or a web server's end; exits with its
    status."""
    os.environ.setdefault("TECHFAIR_INSTANCE", str(settings.instance.resolve()))
    os.environ.update(lineup.environment)
    webs = [Child(command) for command in lineup.webs]
    others = [Child(worker_command(settings.worker_threads)), *(Child(command) for command in lineup.others)]
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for web in webs:
        web.start()
    while all(web.is_running for web in webs) and not stopping:
        for other in others:
            other.revive()
        time.sleep(0.2)
    for child in (*webs, *others):
        child.end()
    for child in (*webs, *others):
        child.wait()
    codes = [web.process.returncode for web in webs if web.process]
    sys.exit(0 if stopping else next((code for code in codes if code), 0))

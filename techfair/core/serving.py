"""Runs the web server and the worker as one service: started together, stopped together.

The children are forked, so all of them share the modules that the parent has loaded: they are there at once and take
no memory of their own.
"""

import ctypes
import gc
import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextvars import Context
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType

from techfair.settings import WEB_THREADS, Settings

STOP_WITHIN = 30  # seconds for requests and jobs under way
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # linux/prctl.h
forking = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Command:
    """A module that is run as ``python -m`` would, with its arguments, under a name that ``ps`` shows."""

    name: str  # 15 letters at most
    module: str
    arguments: list[str]

    def run(self, parent: int) -> None:
        """Become this command: what a forked child of the process ``parent`` does first and last."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.setsid()  # Ctrl-C is for the parent, which ends its children in order
        _tell_linux(self.name)
        if os.getppid() != parent:  # it died before it could be tied to
            return
        sys.argv = [self.module, *self.arguments]
        afresh = Context()  # the parent's stands in its own application
        afresh.run(runpy.run_module, self.module, run_name="__main__", alter_sys=True)


def _tell_linux(name: str) -> None:
    """On Linux, carry a name, and end with the parent even if it is killed outright, so that nothing keeps the port."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        prctl(PR_SET_NAME, name.encode())


@dataclass
class Child:
    """One process under the parent; ``revive`` starts it again, after a pause that doubles."""

    command: Command
    process: BaseProcess | None = None
    due: float = 0.0
    pause: float = field(default=1.0)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def start(self) -> None:
        self.process = forking.Process(target=self.command.run, args=(os.getpid(),))
        self.process.start()

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
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        self.process.join(STOP_WITHIN)
        if self.process.is_alive():
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

    webs: list[Command]
    others: list[Command] = field(default_factory=list)
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


def web_command(bind: str, workers: int, more: Iterable[str] = ()) -> Command:
    # Threads, not sync workers: those keep no connection, and one live-update stream would hold a worker.
    options = ["-k", "gthread", "-w", str(workers), "--threads", str(WEB_THREADS), "-b", bind, *more]
    options += ["--no-control-socket", "--graceful-timeout", "20", "--log-level", "warning"]
    return Command("techfair-web", "gunicorn", [*options, "techfair.web:app"])


def worker_command(threads: int) -> Command:
    # -g TERM: SIGTERM lets a running job end; -m: at most half a second until a job is seen.
    options = ["-w", str(threads), "-k", "thread", "-m", "0.5", "-g", "TERM", "-t", "25", "-q"]
    return Command("techfair-worker", "huey.bin.huey_consumer", ["techfair.worker.queue", *options])


def serve(lineup: Lineup, settings: Settings) -> None:
    """Run web servers, worker and what else is lined up until SIGTERM, Ctrl-C or a web server's end; exits with its
    status. The caller holds no connection: a child must not find itself at the other end of its parent's."""
    os.environ.setdefault("TECHFAIR_INSTANCE", str(settings.instance.resolve()))
    os.environ.update(lineup.environment)
    gc.freeze()  # what is loaded stays: no child looks through it again, and none gets a copy of its own by looking
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
    codes = [web.process.exitcode for web in webs if web.process]
    sys.exit(0 if stopping else next((code for code in codes if code), 0))

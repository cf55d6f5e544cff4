"""Runs the web server and the worker as one service: started together, stopped together."""

import ctypes
import os
import signal
import subprocess  # runs this interpreter with arguments of our own
import sys
import time
from dataclasses import dataclass, field
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


def web_command(bind: str, workers: int) -> list[str]:
    # Threads, not sync workers: those keep no connection, and one live-update stream would hold a worker.
    options = ["-k", "gthread", "-w", str(workers), "--threads", "8", "-b", bind]
    options += ["--no-control-socket", "--graceful-timeout", "20", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", *options, "techfair.web:app"]


def worker_command(threads: int) -> list[str]:
    # -g TERM: SIGTERM lets a running job end; -m: at most half a second until a job is seen.
    options = ["-w", str(threads), "-k", "thread", "-m", "0.5", "-g", "TERM", "-t", "25", "-q"]
    return [sys.executable, "-m", "huey.bin.huey_consumer", "techfair.worker.queue", *options]


def serve(bind: str, workers: int, settings: Settings) -> None:
    """Run both until SIGTERM, Ctrl-C or the web server's end; exits with its status."""
    os.environ.setdefault("TECHFAIR_INSTANCE", str(settings.instance.resolve()))
    web, worker = Child(web_command(bind, workers)), Child(worker_command(settings.worker_threads))
    stopping: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    web.start()
    while web.is_running and not stopping:
        worker.revive()
        time.sleep(0.2)
    for child in (web, worker):
        child.end()
    for child in (web, worker):
        child.wait()
    sys.exit(0 if stopping or web.process is None else web.process.returncode)

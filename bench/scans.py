"""How fast gates are served: single scans at eight connections, and batches of a hundred, over real HTTP.

    python bench/scans.py [--seconds 10] [--visitors 11000]

The client runs beside the server on the same machine. The baseline, bench/baseline/plain_scans.py under
the same gunicorn, does the three statements of a scan and nothing else. It is measured before and after, for a
machine's pace changes.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from techfair import create_app
from techfair.core import migrating
from techfair.demo import loading, source
from techfair.extensions import db
from techfair.fairs import keys
from techfair.settings import Settings
from techfair.visitors import badges, devices, queries
from techfair.visitors.models import Gate

BASELINE = Path(__file__).parent / "baseline"
CONNECTIONS, BATCH = 8, 100
WARMING = 3.0  # seconds of requests that do not count: each process makes its statements at the first
GUNICORN = ("-k", "gthread", "-w", "2", "--threads", "8", "--no-control-socket", "--log-level", "error")
Body = Callable[[int], Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(app: str, folder: Path, **environment: str) -> Iterator[int]:
    """A gunicorn of our own on a free port; it ends with the block."""
    port = free_port()
    known = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(BASELINE)])} | environment
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "-b", f"127.0.0.1:{port}", app]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=known, stdout=log, stderr=log)
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def load(port: int, path: str, headers: dict[str, str], body: Body, seconds: float) -> tuple[float, float]:
    """Requests a second over eight kept connections, and the 99th percentile of their milliseconds, once warm."""
    _load(port, path, headers, body, WARMING)
    return _load(port, path, headers, body, seconds)


def _load(port: int, path: str, headers: dict[str, str], body: Body, seconds: float) -> tuple[float, float]:
    numbers, end = count(), time.perf_counter() + seconds

    def client(_: int) -> list[float]:
        connection, taken = http.client.HTTPConnection("127.0.0.1", port), []
        while time.perf_counter() < end:
            text = json.dumps(body(next(numbers)))
            started = time.perf_counter()
            connection.request("POST", path, text, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - started)
            assert answer.status == 200, answer.status
        return taken

    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        taken = [one for some in pool.map(client, range(CONNECTIONS)) for one in some]
    return len(taken) / (time.perf_counter() - started), statistics.quantiles(taken, n=100)[98] * 1000


def fair(folder: Path, visitors: int) -> tuple[str, list[str]]:
    """A demo fair in an instance of its own: a device's token at gate A, and the tokens of all badges."""
    app = create_app(Settings(instance=folder))
    with app.app_context():
        migrating.upgrade()
        loading.load(visitors)
        found = loading.loaded()
        assert found
        gate = db.session.scalars(select(Gate).filter_by(fair_id=found.id, code="A")).one()
        _, token = devices.enrol(found, [gate], "Bench")
        db.session.commit()
        key = keys.private(found)
        codes = [badges.token(badge, found, key) for badge in queries.codes_of_valid_badges(found, 5000)]
        db.session.remove()
        db.engine.dispose()
    return token, codes


def scan(code: str) -> dict[str, str]:
    return {"id": str(uuid4()), "code": code, "gate": "A", "scanned_at": datetime.now(UTC).isoformat()}


def plain(folder: Path, seconds: float) -> tuple[float, float]:
    file = folder / f"plain-{uuid4().hex}.sqlite3"
    os.environ["PLAIN_DATABASE"] = str(file)
    command = "import plain_scans; plain_scans.make_tables(5000)"
    subprocess.run([sys.executable, "-c", command], cwd=BASELINE, check=True)
    with serving("plain_scans:app", folder, PLAIN_DATABASE=str(file)) as port:
        return load(port, "/scan", {}, lambda n: {"badge": n % 5000}, seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--visitors", type=int, default=loading.VISITORS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        token, codes = fair(folder / "instance", given.visitors)
        headers = {"Authorization": f"Bearer {token}"}
        path = f"/api/v1/fairs/{source.SLUG}/scans"
        before = plain(folder, given.seconds)
        with serving("techfair.web:app", folder, TECHFAIR_INSTANCE=str(folder / "instance")) as port:
            single = load(port, path, headers, lambda n: {"scans": [scan(codes[n % len(codes)])]}, given.seconds)
            batch = load(port, path, headers, _batch(codes), given.seconds)
        after = plain(folder, given.seconds)
    baseline = (before[0] + after[0]) / 2
    print(f"plain route: {before[0]:.0f} and {after[0]:.0f} scans/s, p99 {before[1]:.0f} and {after[1]:.0f} ms")
    print(f"single scans: {single[0]:.0f} scans/s, p99 {single[1]:.0f} ms; ratio to plain {single[0] / baseline:.2f}")
    print(f"batches of {BATCH}: {batch[0] * BATCH:.0f} scans/s, p99 {batch[1]:.0f} ms")
    return 0 if single[0] / baseline >= 0.6 else 1


def _batch(codes: list[str]) -> Body:
    def body(number: int) -> Any:
        first = number * BATCH % len(codes)
        return {"scans": [scan(code) for code in codes[first : first + BATCH]]}

    return body


if __name__ == "__main__":
    sys.exit(main())

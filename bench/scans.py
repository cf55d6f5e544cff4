"""How fast gates are served: single scans at eight connections, and batches of a hundred, over real HTTP.

    python bench/scans.py [--seconds 10] [--visitors 11000] [--database sqlite|postgresql]

The client runs beside the server on the same machine. The baseline, bench/baseline/plain_scans.py under
the same gunicorn on the same database, does the three statements of a scan and nothing else. It is measured before
and after, for a machine's pace changes. Both databases answer only for what is on disk.
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

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from techfair import create_app
from techfair.core import migrating
from techfair.demo import loading, source
from techfair.extensions import db
from techfair.fairs import keys
from techfair.settings import Settings
from techfair.visitors import badges, devices, queries
from techfair.visitors.gate_models import Gate
from tests.fixtures.databases import postgresql

BASELINE = Path(__file__).parent / "baseline"
DATABASES = ("sqlite", "postgresql")
SECRET = "a secret of measuring, known to everyone"
WANTED, CONNECTIONS, BATCH = 0.6, 8, 100
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


def fair(folder: Path, visitors: int, **where: str) -> tuple[str, list[str]]:
    """A demo fair in an instance of its own: a device's token at gate A, and the tokens of all badges."""
    app = create_app(Settings(instance=folder, **where))
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


def plain(folder: Path, seconds: float, database: str | None) -> tuple[float, float]:
    os.environ["PLAIN_DATABASE"] = database or f"sqlite:///{folder}/plain-{uuid4().hex}.sqlite3"
    command = "import plain_scans; plain_scans.make_tables(5000)"
    subprocess.run([sys.executable, "-c", command], cwd=BASELINE, check=True)
    with serving("plain_scans:app", folder) as port:
        return load(port, "/scan", {}, lambda n: {"badge": n % 5000}, seconds)


@contextmanager
def databases(name: str) -> Iterator[dict[str, str]]:
    """The addresses of two empty databases, ours and the plain route's; of none on SQLite, which needs none."""
    if name == "sqlite":
        yield {}
        return
    with contextmanager(postgresql)("max_connections=200") as server, psycopg.connect(server, autocommit=True) as own:
        made = {}
        for each in ("techfair", "plain"):
            own.execute(f"CREATE DATABASE {each}")
            made[each] = make_url(server).set(database=each).render_as_string(hide_password=False)
        yield made


def measure(database: str, seconds: float, visitors: int) -> bool:
    """Print the figures on a database; whether they are what was wanted."""
    with tempfile.TemporaryDirectory() as name, databases(database) as addresses:
        folder, plainly = Path(name), addresses.get("plain", "").replace("postgresql:", "postgresql+psycopg:") or None
        where = {"database_url": addresses["techfair"], "secret_key": SECRET} if addresses else {}
        token, codes = fair(folder / "instance", visitors, **where)
        headers = {"Authorization": f"Bearer {token}"}
        path = f"/api/v1/fairs/{source.SLUG}/scans"
        told = {f"TECHFAIR_{key.upper()}": value for key, value in where.items()}
        before = plain(folder, seconds, plainly)
        with serving("techfair.web:app", folder, TECHFAIR_INSTANCE=str(folder / "instance"), **told) as port:
            single = load(port, path, headers, lambda n: {"scans": [scan(codes[n % len(codes)])]}, seconds)
            batch = load(port, path, headers, _batch(codes), seconds)
        after = plain(folder, seconds, plainly)
    ratio = single[0] / ((before[0] + after[0]) / 2)
    print(f"{database}: plain route {before[0]:.0f} and {after[0]:.0f} scans/s, p99 {before[1]:.0f}, {after[1]:.0f} ms")
    print(f"{database}: single scans {single[0]:.0f}/s, p99 {single[1]:.0f} ms; ratio to plain {ratio:.2f}")
    print(f"{database}: batches of {BATCH}, {batch[0] * BATCH:.0f} scans/s, p99 {batch[1]:.0f} ms")
    return ratio >= WANTED


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--visitors", type=int, default=loading.VISITORS)
    parser.add_argument("--database", choices=DATABASES, action="append")
    given = parser.parse_args()
    kept = [measure(database, given.seconds, given.visitors) for database in given.database or DATABASES]
    return 0 if all(kept) else 1


def _batch(codes: list[str]) -> Body:
    def body(number: int) -> Any:
        first = number * BATCH % len(codes)
        return {"scans": [scan(code) for code in codes[first : first + BATCH]]}

    return body


if __name__ == "__main__":
    sys.exit(main())

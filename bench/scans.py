"""How fast gates are served: single scans at eight connections, and batches of a hundred, over real HTTP.

    python bench/scans.py [--seconds 12] [--visitors 11000] [--scans 1000000] [--database sqlite|postgresql]

The client runs beside the server on the same machine. The baseline, bench/baseline/plain_scans.py under
the same gunicorn on the same database, does the three statements of a scan and nothing else. Both are served at once
and measured in turns, for a machine's pace changes. Then the table of scans is filled up to a million, and single
scans are measured beside the baseline again, and batches. Before and after are badges that come for the first time:
half of them are kept for after, since a repeat asks more. Both databases answer only for what is on disk.
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
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import func, insert, null, select
from sqlalchemy.engine import make_url

from techfair import create_app
from techfair.core import migrating
from techfair.demo import loading, source
from techfair.extensions import db
from techfair.fairs import keys
from techfair.settings import Settings
from techfair.visitors import badges, devices, queries
from techfair.visitors.gate_models import Gate, Scan
from tests.fixtures.databases import postgresql

BASELINE = Path(__file__).parent / "baseline"
DATABASES = ("sqlite", "postgresql")
SECRET = "a secret of measuring, known to everyone"
WANTED, CONNECTIONS, BATCH = 0.6, 8, 100
BATCHED, P99_MS, SMALLEST_SHARE = 5000, 60, 0.9  # of the rate of before, once a million scans are stored
WARMING, TURNS = 3.0, 4  # seconds of requests that do not count: each process makes its statements at the first
GUNICORN = ("-k", "gthread", "-w", "2", "--threads", "8", "--no-control-socket", "--log-level", "error")
Body = Callable[[int], Any]
Taken = tuple[float, list[float]]
AT_ONCE = 50_000  # rows: the statement that copies them must not take half a minute


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
    """Requests a second over eight kept connections, and the 99th percentile of their milliseconds."""
    rate, taken = _load(port, path, headers, body, seconds)
    return rate, _p99(taken)


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98] * 1000


@dataclass(frozen=True)
class Beside:
    """A route and the plain one, measured in turns: requests a second of both, and ours' 99th percentile."""

    ours: float
    plain: float
    p99: float

    @property
    def ratio(self) -> float:
        return self.ours / self.plain


def in_turns(ours: Callable[[float], Taken], plain: Callable[[float], Taken], seconds: float) -> Beside:
    """Measure both for so many seconds in all, a few seconds each at a time, once they are warm."""
    for warm in (ours, plain):
        warm(WARMING)
    rounds = [(ours(seconds / TURNS), plain(seconds / TURNS)) for _ in range(TURNS)]
    rates = [statistics.mean(rate for rate, _ in side) for side in zip(*rounds, strict=True)]
    return Beside(rates[0], rates[1], _p99([one for (_, taken), _ in rounds for one in taken]))


def _load(port: int, path: str, headers: dict[str, str], body: Body, seconds: float) -> Taken:
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
    return len(taken) / (time.perf_counter() - started), taken


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


@contextmanager
def plain(folder: Path, database: str | None) -> Iterator[Callable[[float], Taken]]:
    """The baseline, served: measures it for so many seconds."""
    os.environ["PLAIN_DATABASE"] = database or f"sqlite:///{folder}/plain-{uuid4().hex}.sqlite3"
    command = "import plain_scans; plain_scans.make_tables(5000)"
    subprocess.run([sys.executable, "-c", command], cwd=BASELINE, check=True)
    with serving("plain_scans:app", folder) as port:
        yield lambda seconds: _load(port, "/scan", {}, lambda n: {"badge": n % 5000}, seconds)


def fill(folder: Path, scans: int, **where: str) -> None:
    """Copies of the scans that are stored, without their claims, until there are so many."""
    app, table = create_app(Settings(instance=folder, **where)), Scan.__table__
    with app.app_context():
        is_sqlite = db.engine.dialect.name == "sqlite"
        new = {
            "id": func.lower(func.hex(func.randomblob(16))) if is_sqlite else func.gen_random_uuid(),
            "claim": null(),
        }
        columns = [new.get(column.name, column).label(column.name) for column in table.c]
        while (missing := scans - (db.session.scalar(select(func.count()).select_from(table)) or 0)) > 0:
            copied = select(*columns).limit(min(missing, AT_ONCE))
            db.session.execute(insert(Scan).from_select([column.name for column in table.c], copied))
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


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


def measure(database: str, seconds: float, visitors: int, scans: int) -> bool:
    """Print the figures on a database; whether they are what was wanted."""
    with tempfile.TemporaryDirectory() as name, databases(database) as addresses:
        folder, plainly = Path(name), addresses.get("plain", "").replace("postgresql:", "postgresql+psycopg:") or None
        where = {"database_url": addresses["techfair"], "secret_key": SECRET} if addresses else {}
        token, codes = fair(folder / "instance", visitors, **where)
        route = f"/api/v1/fairs/{source.SLUG}/scans", {"Authorization": f"Bearer {token}"}
        told = {f"TECHFAIR_{key.upper()}": value for key, value in where.items()}
        served = serving("techfair.web:app", folder, TECHFAIR_INSTANCE=str(folder / "instance"), **told)
        with plain(folder, plainly) as bare, served as port:

            def single(codes: list[str]) -> Callable[[float], Taken]:
                coming = count()
                return lambda seconds: _load(
                    port, *route, lambda _: {"scans": [scan(codes[next(coming) % len(codes)])]}, seconds
                )

            few = in_turns(single(codes[::2]), bare, seconds)
            fill(folder / "instance", scans, **where)
            many = in_turns(single(codes[1::2]), bare, seconds)
            batch = load(port, *route, _batch(codes), seconds)
    share = many.ratio / few.ratio
    print(f"{database}: plain route {few.plain:.0f} scans/s, with {scans:,} scans stored {many.plain:.0f}")
    return all(
        (
            kept(
                f"{database}: single scans {few.ours:.0f}/s, {few.ratio:.2f} of the plain route",
                few.ratio >= WANTED,
                WANTED,
            ),
            kept(f"{database}: p99 {few.p99:.0f} ms at {CONNECTIONS} connections", few.p99 <= P99_MS, P99_MS),
            kept(
                f"{database}: batches of {BATCH}, {batch[0] * BATCH:.0f} scans/s, p99 {batch[1]:.0f} ms",
                batch[0] * BATCH >= BATCHED,
                BATCHED,
            ),
            kept(
                f"{database}: with {scans:,} stored {many.ours:.0f}/s, {share:.2f} of before beside the plain route",
                share >= SMALLEST_SHARE,
                SMALLEST_SHARE,
            ),
        )
    )


def kept(figure: str, is_kept: bool, target: float) -> bool:
    """Print a figure beside its target, in the words that tools/run_bench looks for; whether it is kept."""
    print(f"{figure} (target {target}: {'kept' if is_kept else 'MISSED'})")
    return is_kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--visitors", type=int, default=loading.VISITORS)
    parser.add_argument("--scans", type=int, default=1_000_000)
    parser.add_argument("--database", choices=DATABASES, action="append")
    given = parser.parse_args()
    each = [measure(one, given.seconds, given.visitors, given.scans) for one in given.database or DATABASES]
    return 0 if all(each) else 1


def _batch(codes: list[str]) -> Body:
    def body(number: int) -> Any:
        first = number * BATCH % len(codes)
        return {"scans": [scan(code) for code in codes[first : first + BATCH]]}

    return body


if __name__ == "__main__":
    sys.exit(main())

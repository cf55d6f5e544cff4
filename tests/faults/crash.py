"""Kill the whole server at random moments under scan load, again and again: no acknowledged scan is missing or doubled.

    make test-crash [CRASHES=100]

Web server and worker are started as a fair would start them, three clients scan without a pause, and all processes get
SIGKILL at once. After the last restart every scan that was answered must be stored, once, with the verdict that was
answered. This shows what survives the death of processes; a power cut also needs a disk that keeps its promises.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psutil
from sqlalchemy import select

from techfair import create_app
from techfair.core import audit, migrating
from techfair.demo import loading, source
from techfair.extensions import db
from techfair.fairs import keys
from techfair.settings import Settings
from techfair.visitors import badges, devices, queries
from techfair.visitors.gate_models import Gate, Scan

VISITORS, CLIENTS = 300, 3
LIFE = (0.3, 2.0)  # seconds under load before the kill
PORT = 8099
PATIENCE = 90  # seconds until it is ready again

Answered = dict[UUID, str]


def prepare(folder: Path) -> tuple[str, list[str]]:
    """A fair, a device's token at gate A, and badges to scan."""
    app = create_app(Settings(instance=folder))
    with app.app_context():
        migrating.upgrade()
        loading.load(VISITORS)
        fair = loading.loaded()
        assert fair
        gate = db.session.scalars(select(Gate).filter_by(fair_id=fair.id, code="A")).one()
        _, token = devices.enrol(fair, [gate], "Crash")
        db.session.commit()
        key = keys.private(fair)
        codes = [badges.token(badge, fair, key) for badge in queries.codes_of_valid_badges(fair, VISITORS)]
        db.session.remove()
        db.engine.dispose()
    return token, codes


def start(folder: Path) -> psutil.Process:
    command = [sys.executable, "-m", "techfair", "serve", "--bind", f"127.0.0.1:{PORT}"]
    known = os.environ | {"TECHFAIR_INSTANCE": str(folder)}
    with (folder / "crash.log").open("a") as log:
        server = subprocess.Popen(command, env=known, stdout=log, stderr=log)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        if _is_ready():
            return psutil.Process(server.pid)
        time.sleep(0.1)
    why = "is not ready" if server.poll() is None else f"ended with {server.returncode}"
    server.kill()
    raise SystemExit(f"the server was started again and {why}: {(folder / 'crash.log').read_text()[-2000:]}")


def _is_ready() -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def kill(server: psutil.Process) -> None:
    """All of it at once, with nobody left to say goodbye."""
    family = [*server.children(recursive=True), server]
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=10)


def scan_until_it_dies(token: str, codes: list[str]) -> Answered:
    """Scan badge after badge; what was answered, by the scan's id."""
    answered: Answered = {}
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
        while True:
            scan = {"id": str(uuid4()), "code": random.choice(codes), "gate": "A"}
            body = json.dumps({"scans": [scan | {"scanned_at": datetime.now(UTC).isoformat()}]})
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", f"/api/v1/fairs/{source.SLUG}/scans", body, headers)
            answer = connection.getresponse()
            result = json.loads(answer.read())
            if answer.status == 200:
                answered[UUID(scan["id"])] = result["results"][0]["verdict"]
    except (OSError, http.client.HTTPException, ValueError):
        return answered


def one_crash(folder: Path, token: str, codes: list[str]) -> Answered:
    server = start(folder)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(scan_until_it_dies, token, codes) for _ in range(CLIENTS)]
        time.sleep(random.uniform(*LIFE))
        kill(server)
        return {id: verdict for client in clients for id, verdict in client.result().items()}


def faults(folder: Path, answered: Answered) -> list[str]:
    """What is wrong with the database after all crashes."""
    app = create_app(Settings(instance=folder))
    with app.app_context():
        stored = {
            id: (verdict, claim) for id, verdict, claim in db.session.execute(select(Scan.id, Scan.verdict, Scan.claim))
        }
        claims = Counter(claim for _, claim in stored.values() if claim)
        _, broken = audit.verify()
        found = [f"missing: {id}" for id in answered if id not in stored]
        found += [
            f"answered {verdict}: {id}" for id, verdict in answered.items() if id in stored and stored[id][0] != verdict
        ]
        found += [f"let in twice: {claim}" for claim, times in claims.items() if times > 1]
        found += [f"broken audit entry {broken.id}"] if broken else []
        db.session.remove()
        db.engine.dispose()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--crashes", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=600, help="stop killing after so long, and look")
    given = parser.parse_args()
    crashes, end = given.crashes, time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        token, codes = prepare(folder)
        answered: Answered = {}
        number = 0
        while number < crashes and time.monotonic() < end:
            answered |= one_crash(folder, token, codes)
            number += 1
            print(f"\rcrash {number} of {crashes}, {len(answered)} scans answered", end="", flush=True, file=sys.stderr)
        print(file=sys.stderr)
        found = faults(folder, answered)
    print("\n".join(found[:20]) or "nothing lost, nothing doubled")
    print(f"{number} kills, {len(answered)} scans answered, {len(found)} faults")
    return 1 if found or not answered else 0


if __name__ == "__main__":
    sys.exit(main())

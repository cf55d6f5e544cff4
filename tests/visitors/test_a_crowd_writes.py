"""Forty clients write while a report is read and a backup runs: nobody is told of a lock, nothing is lost."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

from techfair.core.database import begin_mode
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.organizers import report
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Registration

CLIENTS, ROUNDS = 40, 3


def write(app, gate, number):
    """One client registers somebody and scans the badge of somebody else, round after round; the states answered."""
    client, states = app.test_client(), []
    for n in range(ROUNDS):
        person = {"full_name": f"Khách {number}.{n}", "contact": f"khach{number}.{n}@example.vn", "kind": "visitor"}
        form = person | {"form_token": f"{number}.{n}"}
        states.append(client.post("/fairs/gia-lai/register", data=form).status_code)
        batch = {"scans": [gate.reading("8934563138165")]}
        headers = {"Authorization": f"Bearer {gate.token}"}
        states.append(client.post("/api/v1/fairs/gia-lai/scans", json=batch, headers=headers).status_code)
    return states


def read_all_the_time(app, fair_id, is_over):
    """The report, and on SQLite a backup, again and again until the writers are done; how often."""
    times = 0
    begin_mode.set("DEFERRED")  # as a page that only looks
    with app.app_context():
        while not is_over.is_set():
            report.as_json(db.session.get_one(Fair, fair_id), "vi")
            db.session.rollback()
            if db.engine.dialect.name == "sqlite":
                with sqlite3.connect(db.engine.url.database) as source, sqlite3.connect(":memory:") as copy:
                    source.backup(copy)
            times += 1
        db.session.remove()
    return times


def test_forty_clients_write_while_a_report_is_read_and_a_backup_runs(app, gate, fair):  # K095
    fair_id, is_over = fair.id, threading.Event()
    db.session.rollback()
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        reading = pool.submit(read_all_the_time, app, fair_id, is_over)
        answers = list(pool.map(lambda number: write(app, gate, number), range(CLIENTS)))
        is_over.set()
        assert reading.result() > 0
    assert {state for states in answers for state in states} == {303, 200}
    written = [db.session.scalar(db.select(db.func.count()).select_from(model)) for model in (Registration, Scan)]
    assert written == [CLIENTS * ROUNDS, CLIENTS * ROUNDS]

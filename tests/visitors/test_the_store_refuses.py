"""A full disk and a locked database: scans are refused clearly, nothing is half-written, and later all go in."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from techfair.extensions import db
from techfair.visitors.gate_models import Scan

BATCH = 500  # more than the free room in the pages that a small database has
CLIENTS = 6


def post(app, gate, readings):
    """The answer and its seconds."""
    started = time.monotonic()
    answer = app.test_client().post(
        f"/api/v1/fairs/{gate.slug}/scans",
        json={"scans": readings},
        headers={"Authorization": f"Bearer {gate.token}"},
    )
    return answer, time.monotonic() - started


def refusals(answers):
    return {(answer.status_code, answer.content_type, answer.get_json()["code"]) for answer in answers}


def stored():
    count = db.session.scalar(select(func.count(Scan.id)))
    db.session.rollback()
    return count


def test_on_a_full_disk_a_batch_is_refused_whole_and_later_stored_whole(app, gate, badge, full_disk):
    readings = [gate.reading(badge, f"09:{n % 60:02}") for n in range(BATCH)]
    with full_disk():
        answer, _ = post(app, gate, readings)
        assert refusals([answer]) == {(503, "application/problem+json", "storage_full")}
        assert stored() == 0
    assert post(app, gate, readings)[0].status_code == 200
    assert stored() == BATCH


def test_on_a_full_disk_a_page_says_so_too(app, gate, full_disk, fair):
    with full_disk():
        forms = [
            {"full_name": f"Khách {n} " + "x" * 60, "contact": f"k{n}@example.vn", "kind": "visitor", "form_token": n}
            for n in range(60)
        ]
        answers = [app.test_client().post("/fairs/gia-lai/register", data=form) for form in forms]
    refused = [answer for answer in answers if answer.status_code != 303]
    assert {answer.status_code for answer in refused} <= {503}
    assert all("Máy chủ hết chỗ lưu" in answer.text for answer in refused)


@pytest.mark.faults
def test_a_locked_database_refuses_all_clients_in_time_and_later_takes_their_scans(app, gate, make_badge, locked):
    batches = [[gate.reading(make_badge(f"Khách {n}"))] for n in range(CLIENTS)]
    with locked(), ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(lambda readings: post(app, gate, readings), batches))
    assert refusals([answer for answer, _ in answers]) == {(503, "application/problem+json", "busy")}
    assert max(seconds for _, seconds in answers) < 20
    assert stored() == 0
    assert {post(app, gate, readings)[0].status_code for readings in batches} == {200}
    assert stored() == CLIENTS

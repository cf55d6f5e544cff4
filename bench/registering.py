"""What registering costs: one person by the form, and ten thousand by a spreadsheet.

    python bench/registering.py [--posts 200] [--rows 10000]

The baseline of the form is /healthz, asked in turn with it; that of the list is one insert of the same rows.
Fails where the slowest twentieth of the forms takes more than 80 ms, or the list more than 30 seconds.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from flask.testing import FlaskClient
from scans import kept
from sqlalchemy import func, insert, select

from techfair import create_app
from techfair.accounts.models import User
from techfair.core import jobs, migrating
from techfair.demo import loading
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.settings import Settings
from techfair.visitors import importing, registering
from techfair.visitors.listing import read_list
from techfair.visitors.models import Badge, Registration

FORM_MS, LIST_SECONDS = 80, 30
ORGANIZER = "organizer@example.vn"
HEADINGS = ("Họ và tên", "Đơn vị", "Thư điện tử", "Điện thoại", "Loại")


def timed(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def a_list(rows: int) -> bytes:
    """People as a province's office sends them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append([f"Đại biểu {number}", "Sở KH&CN", f"dai.bieu.{number}@example.vn", "", "đại biểu"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def forms(client: FlaskClient, slug: str, posts: int) -> tuple[list[float], list[float]]:
    """Seconds of each posted form, and of /healthz asked between."""
    taken, baseline = [], []
    for number in range(posts):
        given = {"full_name": f"Khách {number}", "contact": f"khach.{number}@example.vn", "kind": "visitor"}
        data = given | {"form_token": f"bench-{number}", "consents": "exhibitors_read"}
        taken.append(timed(lambda data=data: _posted(client, f"/fairs/{slug}/register", data)))
        baseline.append(timed(lambda: client.get("/healthz")))
    return taken, baseline


def _posted(client: FlaskClient, address: str, data: dict[str, object]) -> str:
    answer = client.post(address, data=data)
    assert answer.status_code == 303, f"{address}: {answer.status}"
    return str(answer.location)


def imported(client: FlaskClient, slug: str, rows: int) -> float:
    """Seconds from sending a list to the last badge: upload, preview, and the background job."""
    page, data = f"/organizer/fairs/{slug}/visitors/import", a_list(rows)
    started = time.perf_counter()
    preview = _posted(client, page, {"list": (io.BytesIO(data), "list.xlsx")})
    assert client.get(preview).status_code == 200
    _posted(client, preview, {"which": "all"})
    jobs.run_due()
    return time.perf_counter() - started


def plain_insert(fair: Fair, rows: int) -> float:
    """Seconds of inserting as many rows of another list in one statement a chunk, without badges."""
    people = read_list(a_list(rows))
    values = [registering.values_of(fair, person.registration(fair.id)) for person in people]
    for number, row in enumerate(values):
        row["form_token"] = f"plain-{number}"

    def insert_all() -> None:
        for start in range(0, rows, importing.CHUNK):
            db.session.execute(insert(Registration), values[start : start + importing.CHUNK])
            db.session.commit()

    return timed(insert_all)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder)))
        app.config.update(WTF_CSRF_ENABLED=False, JOBS_BY_HAND=True)
        with app.app_context():
            migrating.upgrade()
            loading.load(loading.VISITORS)
            fair = loading.loaded()
            assert fair
            fair.registration_is_open = fair.open_outside_dates = True
            user = db.session.scalars(select(User).filter_by(email=ORGANIZER)).one()
            client = app.test_client()
            db.session.commit()
            slug, user_id = fair.slug, user.get_id()
            taken, baseline = forms(app.test_client(), slug, asked.posts)
            db.session.remove()
        with app.app_context():  # another one: the first remembers that nobody was signed in
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = user_id, True
            jobs.run_due()
            before = db.session.scalar(select(func.count(Badge.id))) or 0
            db.session.rollback()
            seconds = imported(client, slug, asked.rows)
            assert (db.session.scalar(select(func.count(Badge.id))) or 0) - before == asked.rows
            again = loading.loaded()
            assert again
            plain = plain_insert(again, asked.rows)
            db.session.remove()
            db.engine.dispose()
    p95 = sorted(taken)[int(len(taken) * 0.95)] * 1000
    median, idle = statistics.median(taken) * 1000, statistics.median(baseline) * 1000
    form = f"form: median {median:.1f} ms, p95 {p95:.1f} ms, {median / idle:.0f} times /healthz"
    sheet = f"list of {asked.rows}: {seconds:.1f} s, {seconds / plain:.1f} times inserting the rows"
    each = [kept(form, p95 <= FORM_MS, FORM_MS), kept(sheet, seconds <= LIST_SECONDS, LIST_SECONDS)]
    return 0 if all(each) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What pages cost as a fair grows: the demo fair, then one with ten times its visitors.

    python bench/pages.py [--times 10]

The baseline is the smallest page there is, /healthz, measured beside each. A page that shows a list or one
record must not cost more when the fair is larger; pages that count a whole fair may, and say so by their ratio.
Entries are counted ahead first, as the worker does within a minute.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event, select

from techfair import create_app
from techfair.accounts.models import User
from techfair.core import migrating
from techfair.demo import loading
from techfair.extensions import db
from techfair.settings import Settings
from techfair.visitors.tallies import jobs

ORGANIZER = "organizer@example.vn"
BASELINE = "/healthz"
OF_EVERYONE = ("/", "/programme", "/exhibitors", "/technologies", "/technologies?q=ca+phe", "/register")
NAMES = ("/visitors", "/visitors?q=nguyen+thi", "/visitors?q=nguyen+tran+le", "/visitors?q=hbia")
OF_ORGANIZERS = ("/", *NAMES, "/exhibitors", "/meetings", "/agreements", "/log")
COUNTING = ("/visitor-figures", "/report")  # of organizers too; the one counts registrations, the other all rows
PAGES = (
    *(f"/fairs/gia-lai-2019{page}" for page in OF_EVERYONE),
    *(f"/organizer/fairs/gia-lai-2019{page}" for page in (*OF_ORGANIZERS, *COUNTING)),
)


@contextmanager
def fair_of(visitors: int) -> Iterator[FlaskClient]:
    """An organizer's browser at a demo fair of so many visitors."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder)))
        with app.app_context():
            migrating.upgrade()
            loading.load(visitors)
            db.session.commit()
            jobs.fold_scans()
            user = db.session.scalars(select(User).filter_by(email=ORGANIZER)).one()
            client = app.test_client()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = user.get_id(), True
            db.session.remove()
            yield client
            db.engine.dispose()


def measure(client: FlaskClient, pages: Iterable[str], times: int) -> dict[str, tuple[float, int]]:
    """Median milliseconds and statements of each page, once warm."""
    return {page: _cost(client, page, times) for page in pages}


def _cost(client: FlaskClient, page: str, times: int) -> tuple[float, int]:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    _get(client, page)
    event.listen(db.engine, "before_cursor_execute", count)
    taken = [_get(client, page) for _ in range(times)]
    event.remove(db.engine, "before_cursor_execute", count)
    return statistics.median(taken) * 1000, statements // times


def _get(client: FlaskClient, page: str) -> float:
    started = time.perf_counter()
    answer = client.get(page)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, f"{page}: {answer.status}"
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10)
    times: int = parser.parse_args().times
    found = []
    for visitors in (loading.VISITORS, 10 * loading.VISITORS):
        with fair_of(visitors) as client:
            found.append(measure(client, (BASELINE, *PAGES), times))
    small, large = found
    print(f"{'page':<52} {'ms':>7} {'x healthz':>9} {'statements':>10}   ten times the visitors: ms, ratio")
    for page in small:
        before, statements = small[page]
        after, statements_after = large[page]
        more = f" ({statements_after} statements)" if statements_after != statements else ""
        ratio = before / small[BASELINE][0]
        print(f"{page:<52} {before:7.1f} {ratio:9.0f} {statements:10}   {after:7.1f} {after / before:6.1f}{more}")
    # A search for words that very many have asks once more how many have all of them.
    grown = [page for page in small if small[page][1] + page.count("?q=") < large[page][1]]
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())

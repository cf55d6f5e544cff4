"""How long the demo fair takes to load, beside inserting the same rows with nothing to think about.

    python bench/demo_load.py [--visitors N]

The baseline copies the loaded tables row by row into an empty database of the same kind; it knows everything
already, so the ratio says what making up the people, signing the documents and keeping the constraints cost.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from techfair import create_app
from techfair.core import migrating
from techfair.demo import bulk, loading
from techfair.extensions import Model, db
from techfair.settings import Settings

LIMIT = 60.0  # seconds on two cores, for the default size


@contextmanager
def empty_instance() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder)))
        with app.app_context():
            migrating.upgrade()
            yield app
            db.session.remove()
            db.engine.dispose()


def load(visitors: int) -> tuple[float, float, dict[str, list[tuple[object, ...]]]]:
    """Seconds and most megabytes of the load, and all its rows."""
    with empty_instance():
        started = time.perf_counter()
        loading.load(visitors)
        db.session.commit()
        taken = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        tables = Model.metadata.sorted_tables
        return (
            taken,
            memory,
            {table.name: [tuple(row) for row in db.session.execute(select(table))] for table in tables},
        )


def copy(rows: dict[str, list[tuple[object, ...]]]) -> float:
    """Seconds of inserting rows that are known."""
    with empty_instance():
        started = time.perf_counter()
        for table in Model.metadata.sorted_tables:
            names = [column.name for column in table.columns]
            for chunk in bulk.chunks(rows[table.name]):
                db.session.execute(insert(table), [dict(zip(names, row, strict=True)) for row in chunk])
        db.session.commit()
        return time.perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=loading.VISITORS)
    visitors: int = parser.parse_args().visitors
    taken, memory, rows = load(visitors)
    baseline = copy(rows)
    count = sum(map(len, rows.values()))
    print(f"demo load, {visitors} visitors, {count} rows: {taken:.1f} s, {count / taken:,.0f} rows/s, {memory:.0f} MB")
    print(f"baseline, the same rows inserted as they are: {baseline:.1f} s; ratio {taken / baseline:.1f}")
    return 0 if visitors != loading.VISITORS or taken < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

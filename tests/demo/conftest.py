"""The demo as ``techfair demo`` leaves it, and its commands."""

from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from techfair import create_app
from techfair.cli import techfair
from techfair.demo import loading
from techfair.extensions import Model, db
from techfair.organizers import report
from techfair.settings import Settings
from tests.fixtures.databases import SECRET, MakeDatabase


@pytest.fixture(scope="session")
def full_report(make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of a freshly loaded demo of full size."""
    folder = tmp_path_factory.mktemp("full")
    app = create_app(Settings(instance=folder, secret_key=SECRET, database_url=make_database()))
    with app.app_context():
        loading.load(loading.VISITORS)
        db.session.commit()
        fair = loading.loaded()
        assert fair
        found = report.as_json(fair, "vi")
        db.session.remove()
        db.engine.dispose()
    return found


@pytest.fixture
def command(app: Flask) -> Callable[..., Result]:
    """Runs ``techfair`` as from a shell; an error that a person would see as a traceback is raised."""

    def run(*words: str) -> Result:
        db.session.rollback()  # the command has a session of its own, which would wait for this one
        result = copy_context().run(app.test_cli_runner().invoke, techfair, words)
        db.session.rollback()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def rows(app: Flask) -> Callable[[], dict[str, int]]:
    """How many rows each table has."""

    def counted() -> dict[str, int]:
        tables = Model.metadata.sorted_tables
        found = {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
        db.session.rollback()
        return found

    return counted

"""The program starts, answers and migrates; the first thing to look at when everything fails."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect

from techfair.extensions import Model, db

FULL_TEXT = "catalogue_fulltext"  # an index that SQLite shows as tables


def test_the_process_and_its_database_answer(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json == {"status": "ok", "checks": {"database": True, "queue": True}}


def test_migrations_make_the_tables_of_the_models(app: Flask) -> None:
    tables = {name for name in inspect(db.engine).get_table_names() if not name.startswith(FULL_TEXT)}
    assert tables == set(Model.metadata.tables) | {"alembic_version"}

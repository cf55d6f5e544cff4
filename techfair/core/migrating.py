"""Brings the database to this version's tables."""

import logging
from functools import cache

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect, text

from techfair.extensions import db

MIGRATION_LOCK = 7_301_002  # the advisory lock under which PostgreSQL migrates, so that two starts wait


def upgrade() -> None:
    """Run the migrations that the database lacks; does nothing where there are none."""
    if not is_current():
        logging.getLogger("alembic").setLevel(logging.WARNING)
        flask_migrate.upgrade()


def newest() -> str:
    """The newest migration that this program knows."""
    return _head(str(current_app.extensions["settings"].migrations_path))


@cache
def _head(folder: str) -> str:
    return ScriptDirectory(folder).get_current_head() or ""


def is_current() -> bool:
    """Whether the database stands at the newest migration."""
    head = newest()
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.scalar(text("SELECT version_num FROM alembic_version")) == head)

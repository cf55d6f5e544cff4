"""How Alembic runs this program's migrations, on SQLite and on PostgreSQL alike."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import text

from techfair.core.migrating import MIGRATION_LOCK
from techfair.extensions import Model


def rendered(kind: str, thing: Any, _: Any) -> str | bool:
    """Write our own column type as the plain one, so that a migration needs no import of ours."""
    return "sa.DateTime(timezone=True)" if type(thing).__name__ == "UtcDateTime" else False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if is_sqlite:  # batch mode drops the old table: with foreign keys on that would empty its children
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            render_item=rendered,
        )
        with context.begin_transaction():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            context.run_migrations()
            if is_sqlite and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
                raise RuntimeError(f"rows without their parent: {broken[:5]}")
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


run()

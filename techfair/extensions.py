"""The extensions, made once and bound to an application in ``bind``."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, registry

# SQLite can change a constraint only by its name, so every one has one.
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refuses naive values, and gives UTC back on both databases (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Model(DeclarativeBase):
    """Base of all tables; ``db`` shares only its metadata (Flask-SQLAlchemy copies a base it is given)."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON, list[dict[str, str]]: JSON},
    )


Money = BigInteger  # whole units of the currency beside it; 10**15 đồng does not fit 32 bits

db = SQLAlchemy(metadata=Model.metadata)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
limiter = Limiter(get_remote_address)


def bind(app: Flask) -> None:
    """Bind every extension that needs nothing but the application; ``core`` binds the database and languages."""
    login_manager.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)

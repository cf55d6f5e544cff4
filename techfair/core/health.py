"""Whether the process lives, and whether it can do its work."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from techfair.core import access
from techfair.extensions import db

bp = access.public_blueprint(Blueprint("health", __name__))


@bp.get("/healthz")
def process() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Database and queue answer; 503 names the one that does not."""
    checks = {"database": _answers(_ask_database), "queue": _answers(_ask_queue)}
    is_ready = all(checks.values())
    return jsonify(status="ok" if is_ready else "unavailable", checks=checks), 200 if is_ready else 503


def _answers(ask: object) -> bool:
    try:
        ask()  # type: ignore[operator]
    except Exception:
        current_app.logger.exception("readiness check failed")
        return False
    return True


def _ask_database() -> None:
    db.session.execute(text("SELECT version_num FROM alembic_version")).one()


def _ask_queue() -> None:
    current_app.extensions["queue"].pending_count()

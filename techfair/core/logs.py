"""Structured logs: one JSON object a line on standard error, each with its request's id."""

import logging
import re
import time
from logging.config import dictConfig
from uuid import uuid4

from flask import Flask, Response, g, has_request_context, request

log = logging.getLogger("techfair.request")
QUIET = {"/healthz", "/readyz"}
TOKENS = re.compile(r"/(b|B|me|sign|link)/[^/?]+")  # what opens a door does not belong into a log


class WithRequest(logging.Filter):
    """Adds the id of the request in which a line was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        if has_request_context() and not hasattr(record, "request_id"):
            record.request_id = g.get("request_id")
        return True


def configure(level: str) -> None:
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"request": {"()": WithRequest}},
            "formatters": {
                "json": {
                    "()": "pythonjsonlogger.json.JsonFormatter",
                    "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
                    "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
                    "json_ensure_ascii": False,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request"]}},
            "root": {"level": level, "handlers": ["stderr"]},
            "loggers": {
                "huey": {"level": "WARNING"},
                "fontTools": {"level": "WARNING"},
                "pikepdf": {"level": "WARNING"},
            },
        }
    )


def _known_user() -> str | None:
    """Who signed in, if this request asked at all: a gate's scan does not, and need not pay for the log."""
    user = g.get("_login_user")
    return user.get_id() if user and user.is_authenticated else None


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if re.fullmatch(r"[\w-]{8,64}", given) else uuid4().hex
    g.began_at = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.path in QUIET or request.path.startswith("/static/"):
        return response
    log.info(
        "request",
        extra={
            "method": request.method,
            "path": TOKENS.sub(r"/\1/-", request.path),
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - g.get("began_at", time.perf_counter())) * 1000, 1),
            "user": _known_user(),
        },
    )
    return response


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)

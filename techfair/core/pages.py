"""What every page stands on: static files, the words and filters of templates, security headers."""

import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from flask import Blueprint, Flask, Response, abort, current_app, g, request, send_from_directory, url_for
from flask_login import current_user
from markupsafe import Markup

from techfair.core import access, clock, formats, money, rail
from techfair.core.files import FileMissing
from techfair.core.languages import LANGUAGES, language, pick
from techfair.core.rich_text import as_html

STATIC = Path(__file__).parent.parent / "static"
YEAR = 365 * 24 * 3600
PACKED = {".css", ".js", ".svg", ".wasm"}  # what gzip makes two to four times smaller

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}

bp = access.public_blueprint(Blueprint("pages", __name__))


@cache
def static_names() -> list[str]:
    """All static files, by their names below the folder."""
    return sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


@cache
def static_digest() -> str:
    """A digest over all static files: one address for all, so that a module never meets an old neighbour."""
    digest = hashlib.sha256()
    for name in static_names():
        digest.update(name.encode() + b"\0" + (STATIC / name).read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, good for ever."""
    return url_for("pages.static_file", digest=static_digest(), name=name)


@cache
def _packed(name: str, digest: str) -> bytes:
    return gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)


@bp.get("/static/<digest>/<path:name>")
def static_file(digest: str, name: str) -> Response:
    """A static file under the digest of them all; another digest is another version of the program."""
    if digest != static_digest():
        abort(404)
    response = send_from_directory(STATIC, name, max_age=YEAR)
    if Path(name).suffix in PACKED:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") and request.range is None:
            response.direct_passthrough = False
            response.set_data(_packed(name, digest))
            response.content_encoding = "gzip"
    return response


@bp.get("/pictures/<digest>")
def picture(digest: str) -> Response:
    """A public picture (logo, photograph) by its content; only re-encoded pictures are ever stored so."""
    try:
        data = current_app.extensions["files"].read_picture(digest)
    except FileMissing:
        abort(404)
    response = Response(data, mimetype="image/webp")
    response.cache_control.public, response.cache_control.max_age = True, YEAR
    response.headers["Content-Disposition"] = "inline"
    return response


def language_url(wanted: str) -> str:
    """This page in the other language."""
    values = {**(request.view_args or {}), **request.args.to_dict(flat=False), "lang": wanted}
    if request.endpoint is None or request.method != "GET":
        return "/?lang=" + wanted
    return url_for(request.endpoint, **values)


def show(fair: Any) -> None:
    """Make ``fair`` the one that the page is about: its zone, its colour, its rail."""
    g.fair = fair


def zone() -> str:
    """The time zone of the page: the fair's."""
    fair = g.get("fair")
    return fair.timezone if fair is not None else "Asia/Ho_Chi_Minh"


def _moment(formatter: Callable[..., str], value: datetime | None, zone_name: str | None = None) -> str:
    return formatter(value, zone_name or zone(), language()) if value else ""


def show_time(value: datetime | None) -> Markup | str:
    """A <time> element: the fair's local time for people, UTC for machines."""
    if value is None:
        return ""
    shown = formats.format_datetime(value, zone(), language())
    return Markup('<time datetime="{}">{}</time>').format(value.astimezone(UTC).isoformat(), shown)


def _date(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = clock.local_day(value, zone())
    return formats.format_date(value, language()) if value else ""


def _money(value: int | None, currency: str = "VND", style: Literal["short", "long"] = "short") -> str:
    return "" if value is None else money.format_amount(value, currency, language(), style)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": _date,
    "time": partial(_moment, formats.format_time),
    "datetime": partial(_moment, formats.format_datetime),
    "when": show_time,
    "number": lambda value: "" if value is None else formats.format_number(value, language()),
    "money": _money,
    "rich": as_html,
    "dates": lambda first, last: formats.format_date_range(first, last, language()),
}


def _context() -> dict[str, Any]:
    return {
        "asset": asset,
        "pick": pick,
        "may": lambda thing, to: access.may(current_user, thing, to),
        "fair": g.get("fair"),
        "locale": language(),
        "languages": LANGUAGES,
        "language_url": language_url,
        "rail": rail.present(),
        "home_url": "/",
        "request_id": g.get("request_id"),
        "picture_url": lambda digest: url_for("pages.picture", digest=digest),
    }


def packed(page: str) -> Response:
    """A large page in gzip, where the browser takes it.

    Not for who is signed in: that page holds a token, which the size of packed pages would betray bit by bit.
    """
    response = Response(page, mimetype="text/html")
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") and not current_user.is_authenticated:
        response.set_data(gzip.compress(page.encode(), 6, mtime=0))
        response.content_encoding = "gzip"
    return response


def download(data: bytes, media_type: str, name: str) -> Response:
    """A file to take along that no cache keeps."""
    answer = Response(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.cache_control.private, answer.cache_control.no_store = True, True
    return answer


def allow_wasm() -> None:
    """Let this page run WebAssembly: scan pages decode codes with it."""
    g.allows_wasm = True


def _headers(response: Response) -> Response:
    policy = dict(CONTENT_SECURITY_POLICY)
    if g.get("allows_wasm"):
        policy["script-src"] += " 'wasm-unsafe-eval'"
    response.headers.setdefault("Content-Security-Policy", "; ".join(f"{k} {v}" for k, v in policy.items()))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if current_app.config["SESSION_COOKIE_SECURE"] and not current_app.config["HALL"]:  # there scanners come by http
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html" and current_user and current_user.is_authenticated:
        response.cache_control.no_store = True
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["asset"] = asset  # macros are imported without the page's context
    app.context_processor(_context)
    app.after_request(_headers)

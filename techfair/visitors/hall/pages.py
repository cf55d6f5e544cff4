"""The hall server's own pages: how it stands, how devices reach it, and how a phone learns to trust it."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import access, pages, qr
from techfair.visitors.hall import authority, exchanging, guard
from techfair.visitors.hall.models import HallLink
from techfair.visitors.hall.words import TROUBLE_WORDS

bp = access.public_blueprint(Blueprint("hall", __name__, url_prefix="/hall"))


def init_app(app: Flask) -> None:
    """On a hall server alone; on a central one there are no such pages."""
    if app.config["HALL"]:
        app.before_request(guard.keep_to_the_hall)
        app.register_blueprint(bp)


@bp.get("/")
def index() -> ResponseReturnValue:
    """When it last spoke with the central server and what waits; the addresses for phones and for scanners."""
    link = _link()
    secure = current_app.config["BASE_URL"] + url_for("gate.scan_page", slug=link.fair.slug)
    return render_template(
        "hall/index.html",
        link=link,
        waiting=exchanging.waiting(link),
        troubles=TROUBLE_WORDS,
        secure=secure,
        picture=qr.as_svg(secure, title=_("Address of the scan page")),
        has_authority=_authority_file().exists(),
    )


@bp.get("/trust")
def trust() -> ResponseReturnValue:
    """Lead a phone through trusting this server's own authority, step by step."""
    link = _link()
    if not _authority_file().exists():
        abort(404)
    told: dict[str, Any] = {"secure": current_app.config["BASE_URL"] + url_for("gate.scan_page", slug=link.fair.slug)}
    return render_template("hall/trust.html", fingerprint=authority.fingerprint(_authority_file()), **told)


@bp.get("/authority.crt")
def authority_file() -> ResponseReturnValue:
    """The certificate of the authority, as phones install it."""
    if not _authority_file().exists():
        abort(404)
    answer = Response(authority.as_der(_authority_file()), content_type="application/x-x509-ca-cert")
    answer.headers["Content-Disposition"] = 'attachment; filename="techfair-hall.crt"'
    return answer


def _link() -> HallLink:
    link = exchanging.link() or abort(404)
    pages.show(link.fair)
    return link


def _authority_file() -> Path:
    return authority.folder(current_app.extensions["settings"]) / authority.CERTIFICATE

"""What a badge's own address shows; it depends on who opens it."""

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access, pages
from techfair.exhibitors import companies
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, own, tokens
from techfair.visitors.rules import KnownBadge
from techfair.visitors.tokens import FORM, TokenRefused

bp = access.public_blueprint(Blueprint("badge", __name__))


@bp.get("/b/<token>")
@bp.get("/B/<token>", endpoint="upper")
def show(token: str) -> ResponseReturnValue:
    """The owner sees the badge, a steward checks in, an exhibitor notes a lead, a stranger learns which fair it is."""
    fair, badge = opened(token)
    owner = own.known_registration()
    if owner and owner.id == badge.registration_id:
        return redirect(url_for("visitor_own.page"), 303)
    if access.may(current_user, fair, "scan"):
        return redirect(url_for("gate.scan_page", slug=fair.slug, _anchor=token.upper()), 303)
    if current_user.is_authenticated and companies.exhibitor_of(current_user, fair):
        return redirect(url_for("exhibitor_leads.scan", _anchor=token.upper()), 303)
    return render_template("visitors/stranger.html", is_valid=badge.state == "issued", token=token.upper())


def opened(token: str) -> tuple[Fair, KnownBadge]:
    """The badge that an address names, proven by its signature, and its fair; without one the page that says so."""
    fair = _fair_of(token.upper())
    found = badges.find(fair, [token]).get(token) if fair else None
    if fair is None or found is None or found.badge is None or not access.may(current_user, fair, "see"):
        abort(make_response(render_template("visitors/not_a_badge.html"), 404))
    pages.show(fair)
    return fair, found.badge


def _fair_of(token: str) -> Fair | None:
    """The fair that a well-formed token names; its signature is proven afterwards."""
    try:
        payload = tokens.claimed(token) if FORM.fullmatch(token) else None
    except TokenRefused:
        return None
    if payload is None:
        return None
    return db.session.scalars(select(Fair).filter_by(number=payload.fair)).one_or_none()

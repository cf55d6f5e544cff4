"""A visitor's own pages: no password, but a signed link by mail, bound to the registration's present epoch."""

import re
from urllib.parse import urlencode

from flask import Response, abort, after_this_request, current_app, make_response, render_template, request, session
from flask_limiter.util import get_remote_address
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core import links, pages
from techfair.extensions import db
from techfair.visitors.models import Registration

PURPOSE = "registration"
LINK_DAYS = 400  # from an early registration to the thanks after the fair
SESSION_KEY = "registration"
PHONE, COOKIE = "phone", "techfair_phone"  # outlives the session: a phone is linked once, then remembered
OWN_PAGE = re.compile("/me/[a-z]+")


def address(registration: Registration, then: str = "") -> str:
    """The absolute address of the person's own page, or of another below /me, for mails to that person alone."""
    token = links.sign(PURPOSE, [registration.id, registration.link_epoch])
    query = f"?{urlencode({'then': then})}" if then else ""
    return f"{current_app.config['BASE_URL']}/me/{token}{query}"  # not url_for: commands and jobs have no request


def of_link(token: str) -> Registration:
    """The registration of a link; raises LinkExpired, or LinkBroken where a later link ended this one."""
    id, epoch = links.read(PURPOSE, token, days=LINK_DAYS)
    registration = _at_epoch(id, epoch)
    if registration is None:
        raise links.LinkExpired
    return registration


def page_after(then: str) -> str:
    """Where a mailed link leads: one of the person's own pages, and nowhere else."""
    return then if OWN_PAGE.fullmatch(then) else "/me/"


def remember(registration: Registration) -> None:
    """Let this browser be the person's own until they close their page there or their links end."""
    session[SESSION_KEY] = [registration.id, registration.link_epoch]
    token = links.sign(PHONE, session[SESSION_KEY])

    @after_this_request
    def keep(response: Response) -> Response:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        age = LINK_DAYS * 24 * 3600
        response.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="Lax", secure=is_secure)
        return response


def forget() -> None:
    session.pop(SESSION_KEY, None)

    @after_this_request
    def drop(response: Response) -> Response:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return response


def known_registration() -> Registration | None:
    """The registration whose own browser this is, with fair, badges and consents."""
    known: list[int] | None = session.get(SESSION_KEY) or _remembered()
    return _at_epoch(*known) if known else None


def _remembered() -> list[int] | None:
    """Whose phone this is by its cookie: id and epoch."""
    try:
        known: list[int] = links.read(PHONE, request.cookies.get(COOKIE, ""), days=LINK_DAYS)
    except (links.LinkBroken, links.LinkExpired):
        return None
    return known


def limited_by() -> str:
    """Whose taps a limit counts: the person's where one is known, for all phones of a fair share one address."""
    known = session.get(SESSION_KEY) or _remembered()
    return f"registration {known[0]}" if known else get_remote_address()


def current_registration() -> Registration:
    """The registration whose own browser this is; without one a page that says how to get the link again."""
    registration = known_registration()
    if registration is None:
        abort(make_response(render_template("visitors/no_link.html"), 403))
    pages.show(registration.fair)
    return registration


def _at_epoch(id: int, epoch: int) -> Registration | None:
    whole = (joinedload(Registration.fair), selectinload(Registration.badges), selectinload(Registration.consents))
    mine = select(Registration).filter_by(id=id, link_epoch=epoch).options(*whole)
    return db.session.scalars(mine).one_or_none()

"""What is done on a hall server, and what on the central one: an organizer's word has one place."""

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core.errors import TechfairError
from techfair.visitors.hall import exchanging

LOOKING = {"GET", "HEAD", "OPTIONS"}
# Blueprints whose deeds are a hall's own, and single deeds of others.
DONE_HERE = {"accounts", "admin", "unit_people", "gate", "visitors_api", "device_api", "desk", "kiosk", "kiosk_console"}
DONE_HERE |= {"print_console", "hall"}
# Pages with passwords or people on them, which go by https alone.
CONFIDENTIAL = ("/sign-in", "/sign-out", "/account", "/admin", "/organizer", "/kiosk", "/me")
DEEDS_HERE = {"device_console.new", "gate_console.revoke_device", "visitor_console.replace", "visitor_console.revoke"}


class DoneCentrally(TechfairError):
    """A deed whose result would not reach the central server."""

    code, status = "done_centrally", 403


def keep_to_the_hall() -> ResponseReturnValue | None:
    """Before each request on a hall server: refuse what would be done in vain, and begin at the hall's own page.

    The first administrator is made by the command, for whoever is in the hall's network could be first at the page.
    """
    if request.path == "/":
        return redirect(url_for("hall.index"), 303)
    if request.endpoint == "accounts.setup":
        abort(404)
    if request.path.startswith(CONFIDENTIAL) and not request.is_secure:
        return redirect(current_app.config["BASE_URL"] + request.full_path.rstrip("?"), 303)
    if request.method in LOOKING or request.blueprint in DONE_HERE or request.endpoint in DEEDS_HERE:
        return None
    link = exchanging.link()
    raise DoneCentrally(
        _("This is done on the central server, %(address)s.", address=link.central if link else current_app.name)
    )

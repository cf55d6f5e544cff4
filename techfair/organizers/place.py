"""Where pages of a fair's log and mail stand: at a fair, or without one for the platform's administrators."""

from flask import abort, g
from flask_login import current_user

from techfair.core import access, pages
from techfair.fairs.models import Fair


def fair_id(slug: str | None) -> int | None:
    """The fair that the page is about; none on the page of all, which only the platform's administrators see."""
    if slug is None:
        if not current_user.is_administrator:
            abort(404)
        return None
    fair = access.fetch(Fair, slug=slug, to="settings")
    pages.show(fair)
    g.rail_key = "today"
    return fair.id

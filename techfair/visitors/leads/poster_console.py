"""The organizer's page that prints the codes of all booths, a sheet each."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from techfair.core import access
from techfair.exhibitors import queries
from techfair.extensions import db
from techfair.visitors.leads import posters
from techfair.visitors.place import fair_of

bp = access.signed_in(Blueprint("poster_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors/print/codes"))


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The posters of all exhibitors that take part, by name."""
    fair = fair_of(slug)
    everyone = db.session.scalars(queries.public_exhibitors(fair)).all()
    return render_template("leads/codes.html", posters=posters.of(fair, everyone))

"""The interpreter's own page, by a secret link."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from techfair.core import access, pages
from techfair.meetings import participants
from techfair.meetings.interpreters import arranging
from techfair.meetings.programme.words import language_names, pair_name

bp = access.by_token(Blueprint("interpreters", __name__, url_prefix="/interpreters"))


@bp.get("/<token>")
def page(token: str) -> ResponseReturnValue:
    """Where to be when, and between whom."""
    interpreter = arranging.of_link(token)
    pages.show(interpreter.fair)
    return render_template(
        "meetings/interpreters/own.html",
        interpreter=interpreter,
        meetings=arranging.meetings_of(interpreter),
        name_of=participants.name_of,
        language_names=language_names,
        pair_name=pair_name,
    )

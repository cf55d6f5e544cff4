"""The organizer's page of what came of the meetings."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from techfair.core import access
from techfair.extensions import db
from techfair.meetings import participants
from techfair.meetings.programme.console import fair_of
from techfair.meetings.results import queries
from techfair.meetings.results.words import INTEREST_WORDS, STEP_WORDS, VALUE_WORDS

bp = access.signed_in(Blueprint("result_console", __name__, url_prefix="/organizer/fairs/<slug>/meetings/results"))
PAGE = 50


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """What each side said; ``?only=different`` where they differ."""
    fair = fair_of(slug)
    only_different = request.args.get("only") == "different"
    those = queries.meetings_said(fair, only_different)
    page = db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False)
    said = queries.said_of(page.items)
    return render_template(
        "meetings/results/list.html",
        page=page,
        said=said,
        differing={id: queries.differing(results) for id, results in said.items()},
        counts=queries.counts(fair),
        only_different=only_different,
        name_of=participants.name_of,
        words={"interest": INTEREST_WORDS, "next_step": STEP_WORDS, "value": VALUE_WORDS},
    )

"""The floor plan for everyone: searched, zoomed, read aloud as a list, with "you are here" from a booth's code."""

from flask import Response, render_template, request

from techfair.core import pages
from techfair.exhibitors.market import bp, fair_of
from techfair.exhibitors.placing import plan


@bp.get("/plan")
def floor_plan(slug: str) -> Response:
    """All halls; ``?here=A12`` says where the reader stands, ``?q=`` marks what holds the words."""
    fair = fair_of(slug)
    halls = plan.of(fair)
    text, here = request.args.get("q", ""), request.args.get("here", "")
    found = plan.found(halls, text)
    page = render_template(
        "floor/public.html",
        halls=halls,
        text=text,
        found=found,
        shown=[(one, _parties(one, found) if text else one.parties) for one in halls],
        here=plan.at(halls, here) if here else None,
        asked_here=here,
    )
    return pages.packed(page)


def _parties(one: plan.HallPlan, found: set[str]) -> list[plan.Party]:
    return [party for party in one.parties if found.intersection(party.codes)]

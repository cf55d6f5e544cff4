"""The organizer's pages of who wants which booth: requests, offers, and who is kept apart."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.exhibitors.console import bp, fair_of
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing import giving, offers, plan, queries, requests, wishes
from techfair.extensions import db
from techfair.fairs.models import Fair


@bp.get("/booths/requests")
def booth_requests(slug: str) -> ResponseReturnValue:
    """Who asks for which booth, who was offered one until when, and who wishes for what."""
    fair = fair_of(slug, "read")
    halls = plan.of(fair)
    waiting = queries.waiting(fair)
    return render_template(
        "placing/requests.html",
        halls=halls,
        waiting=waiting,
        marks={one.booth.code: "asked" if one.state == "requested" else "mine" for one in waiting},
        wishes=queries.wishes_at(fair),
        names=queries.names(fair),
        hall_names={one.hall.id: one.hall.name for one in halls},
        days=offers.DAYS,
        usual=offers.USUAL_DAYS,
    )


@bp.post("/booths/requests/<int:id>/<deed>")
def decide_request(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Offer the booth, give it, or turn the request down."""
    fair = fair_of(slug, "exhibitors")
    assignment = access.fetch(BoothAssignment, id, to="review")
    if assignment.booth.fair_id != fair.id:
        abort(404)
    try:
        told = _decide(assignment, deed)
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    else:
        flash(told, "good")
    answer = redirect(url_for(".booth_requests", slug=slug), 303)
    db.session.commit()
    return answer


def _decide(assignment: BoothAssignment, deed: str) -> Any:
    """Do it; what to say afterwards."""
    code = assignment.booth.code
    if deed == "offer":
        days = request.form.get("days", offers.USUAL_DAYS, int)
        offers.offer(assignment, current_user, days if days in offers.DAYS else offers.USUAL_DAYS)
        return _("Booth %(code)s is offered; the exhibitor gets a mail.", code=code)
    if deed == "give":
        giving.give(db.session.get_one(Exhibitor, assignment.exhibitor_id), assignment.booth, current_user)
        return _("Booth %(code)s is given.", code=code)
    if deed == "turn-down":
        requests.turn_down(assignment, current_user, request.form.get("reason", "").strip()[:300])
        return _("The request for %(code)s is turned down; the exhibitor gets a mail.", code=code)
    return abort(404)


@bp.route("/booths/apart", methods=["GET", "POST"])
def kept_apart(slug: str) -> ResponseReturnValue:
    """The pairs that are not to stand side by side; add one."""
    if request.method == "GET":
        return _apart_page(fair_of(slug, "read"))
    fair = fair_of(slug, "exhibitors")
    try:
        wishes.keep_apart(*_pair(fair), current_user)
    except TechfairError as refusal:
        db.session.rollback()
        return _apart_page(fair_of(slug, "exhibitors"), refusal), refusal.status
    answer = redirect(url_for(".kept_apart", slug=slug), 303)
    db.session.commit()
    return answer


def _apart_page(fair: Fair, refusal: TechfairError | None = None) -> str:
    pairs, names = wishes.apart_at(fair), queries.names(fair)
    return render_template("placing/apart.html", pairs=pairs, names=names, refusal=refusal)


@bp.post("/booths/apart/end")
def let_together(slug: str) -> ResponseReturnValue:
    """Two that were kept apart may stand side by side again."""
    fair = fair_of(slug, "exhibitors")
    wishes.let_together(*_pair(fair), current_user)
    answer = redirect(url_for(".kept_apart", slug=slug), 303)
    db.session.commit()
    return answer


def _pair(fair: Fair) -> tuple[Any, Any]:
    ids = (request.form.get("first_id", 0, int), request.form.get("second_id", 0, int))
    one, other = (access.fetch(Exhibitor, id, to="review", fair_id=fair.id) for id in ids)
    return one, other

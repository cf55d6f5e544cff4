"""The exhibitor's own page of its booth: the plan to choose on, what was asked for, what is offered."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths, front
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.own import bp, current_exhibitor, me, place
from techfair.exhibitors.placing import offers, plan, queries, requests, wishes
from techfair.exhibitors.placing.forms import WishForm
from techfair.extensions import db
from techfair.fairs.floor import terms
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

front.own_entry("exhibitor_own.booth", _l("Booth"), "map-pin", "exhibitor_own.booth", order=15)

DEEDS: dict[str, tuple[Callable[[BoothAssignment, Any], None], Any]] = {
    "withdraw": (requests.withdraw, _l("The request is withdrawn.")),
    "accept": (offers.accept, _l("The booth is yours.")),
    "decline": (offers.decline, _l("The offer is declined; the booth is free for others.")),
}


@bp.get("/booth")
@place("exhibitor_own.booth")
def booth() -> ResponseReturnValue:
    """Choose a booth on the plan, or say what is wanted; what came of it."""
    exhibitor = current_exhibitor()
    return _page(exhibitor) if exhibitor else render_template("placing/no_exhibitor.html")


def _page(exhibitor: Exhibitor, form: WishForm | None = None) -> str:
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    halls = plan.of(fair)
    free = queries.free_ids(fair)
    mine = booths.held_by(exhibitor.id)
    return render_template(
        "placing/own.html",
        exhibitor=exhibitor,
        halls=halls,
        free=[stand for one in halls for stand in one.stands if stand.id in free],
        mine=mine,
        marks=_marks(halls, free, mine),
        asked=queries.requests_by_booth(fair),
        terms=terms.of(fair.id),
        form=form or WishForm(wishes.of(exhibitor), halls),
        may_decide=access.may(me(), exhibitor, "edit"),
        wanted=request.args.get("booth", 0, int),
        most=requests.MOST,
    )


def _marks(halls: list[plan.HallPlan], free: set[int], mine: list[BoothAssignment]) -> dict[str, str]:
    """How the exhibitor's own booths and those that it may choose look on the plan."""
    marks = {stand.code: "open" for one in halls for stand in one.stands if stand.id in free}
    return marks | {one.booth.code: "mine" if one.state != "requested" else "asked" for one in mine}


def _mine(to: str = "edit") -> Exhibitor:
    """The exhibitor that this person may decide for."""
    exhibitor = current_exhibitor()
    if exhibitor is None or not access.may(me(), exhibitor, to):
        abort(404)
    return exhibitor


@bp.post("/booth/ask")
@place("exhibitor_own.booth")
def ask_for_booth() -> ResponseReturnValue:
    """Ask for a free booth."""
    exhibitor = _mine()
    wanted = request.form.get("booth_id", 0, int)
    booth = db.session.scalars(db.select(Booth).filter_by(id=wanted, fair_id=exhibitor.fair_id)).one_or_none()
    if booth is None:
        abort(404)
    return _done(
        lambda: requests.ask(exhibitor, booth, me()), _("The organizer has your request for %(code)s.", code=booth.code)
    )


@bp.post("/booth/<int:id>/<deed>")
@place("exhibitor_own.booth")
def decide_booth(id: int, deed: str) -> ResponseReturnValue:
    """Withdraw a request, accept or decline an offer."""
    if deed not in DEEDS:
        abort(404)
    assignment = access.fetch(BoothAssignment, id, to="edit")
    do, told = DEEDS[deed]
    return _done(lambda: do(assignment, me()), str(told))


def _done(do: Callable[[], Any], told: str) -> ResponseReturnValue:
    """Do it and say so, or say why not; the page then shows what stands now."""
    try:
        do()
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    else:
        flash(told, "good")
    answer = redirect(url_for(".booth"), 303)
    db.session.commit()
    return answer


@bp.post("/booth/wish")
@place("exhibitor_own.booth")
def wish_for_booth() -> ResponseReturnValue:
    """Say what is wanted instead of choosing."""
    exhibitor = _mine()
    form = WishForm(None, plan.of(db.session.get_one(Fair, exhibitor.fair_id)))
    if not form.validate():
        return _page(exhibitor, form), 422
    return _done(lambda: wishes.wish(exhibitor, me(), **form.wish_values()), _("The organizer has your wishes."))

"""Where visitors sign up for activities, and check in at a door with their own phone."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access, pages
from techfair.core.errors import TechfairError
from techfair.extensions import db, limiter
from techfair.fairs.front import Action
from techfair.fairs.models import Activity, Fair
from techfair.visitors import front as visitor_front
from techfair.visitors import own
from techfair.visitors.linking import pages as linking
from techfair.visitors.models import Registration
from techfair.visitors.signups import check_in, queries, seats
from techfair.visitors.words import REASON_WORDS

bp = access.public_blueprint(Blueprint("sign_up", __name__, url_prefix="/fairs/<slug>/sign-up"))
mine_bp = access.by_token(Blueprint("my_activities", __name__, url_prefix="/me/activities"))
check_in_bp = access.public_blueprint(Blueprint("check_in", __name__))


@visitor_front.own_actions.add(5)
def activities_of_a_visitor(registration: Registration) -> Action | None:
    """The way from the visitor's badge to their activities, where the fair has any to sign up for."""
    if not queries.activities(registration.fair):
        return None
    return Action(_l("My activities"), url_for("sign_up.page", slug=registration.fair.slug), "calendar")


def _visitor(fair: Fair) -> Registration | None:
    """The person whose own browser this is, if they are registered for this fair."""
    person = own.known_registration()
    is_here = person is not None and person.fair_id == fair.id and person.state == "confirmed"
    return person if is_here else None


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    return fair


@bp.get("")
def page(slug: str) -> ResponseReturnValue:
    """The activities that one signs up for, with the seats left, and where the person stands."""
    fair = _fair(slug)
    person = _visitor(fair)
    if person is None:
        linking.come_back(url_for(".page", slug=slug))
    mine = {one.activity_id: one for one in seats.of_person([person.id])} if person else {}
    waiting = {one.activity_id: seats.place_in_queue(one) for one in mine.values() if one.state == "waiting"}
    shown = {"activities": queries.activities(fair), "counts": queries.counts(fair), "is_open": seats.is_open}
    return render_template("signups/page.html", person=person, mine=mine, waiting=waiting, **shown)


@mine_bp.get("")
def mine() -> ResponseReturnValue:
    """Where a mailed link leads: the activities of the fair that the person is registered for."""
    return redirect(url_for("sign_up.page", slug=own.current_registration().fair.slug), 303)


@bp.post("/<int:id>/<any(join, leave):deed>")
@limiter.limit("120 per hour", key_func=own.limited_by)
def act(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Sign up, or give the seat back."""
    fair = _fair(slug)
    person = _visitor(fair)
    activity = access.fetch(Activity, id, to="see", fair_id=fair.id)
    if person is None:
        abort(404)
    try:
        if deed == "join":
            (made,) = seats.sign_up(activity, [person], by="visitor")
            flash(_("You have a seat.") if made.state == "seated" else _("All seats are taken: you wait."), "good")
        else:
            seats.leave(activity, person, by="visitor")
            flash(_("You are signed off."), "good")
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    answer = redirect(url_for(".page", slug=slug, _anchor=f"activity-{id}"), 303)
    db.session.commit()
    return answer


@check_in_bp.route("/check-in/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"], key_func=own.limited_by)
def at_the_door(token: str) -> ResponseReturnValue:
    """What the code at a door opens; only the button there counts anybody present."""
    activity = check_in.of_address(token) or abort(404)
    fair = access.fetch(Fair, activity.fair_id, to="see")
    pages.show(fair)
    person = _visitor(fair)
    shown = {"activity": activity, "person": person, "reasons": REASON_WORDS}
    verdict, refusal = None, None
    if person is None:
        linking.come_back(url_for(".at_the_door", token=token))
    if person and request.method == "POST":
        try:
            verdict = check_in.check_in(activity, person)
        except TechfairError as refused:
            db.session.rollback()
            refusal = refused.message
    answer = render_template("signups/check_in.html", verdict=verdict, refusal=refusal, **shown)
    if verdict:
        db.session.commit()
    return answer, 409 if refusal else 200

"""The organizer's pages of sign-ups: who has a seat, who waits, who came, and the code for the door."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access, pages, qr
from techfair.core.errors import TechfairError
from techfair.core.spreadsheets import XLSX, write_sheet
from techfair.extensions import db
from techfair.fairs.models import Activity
from techfair.visitors.models import Delegation, Registration
from techfair.visitors.place import fair_of
from techfair.visitors.signups import check_in, queries, seats
from techfair.visitors.words import KIND_WORDS, SIGN_UP_STATES

bp = access.signed_in(Blueprint("signup_console", __name__, url_prefix="/organizer/fairs/<slug>/activities"))


def _activity(slug: str, id: int) -> Activity:
    return access.fetch(Activity, id, to="visitors", fair_id=fair_of(slug).id)


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The activities that people sign up for, with seats and queues."""
    fair = fair_of(slug)
    return render_template("signups/console.html", activities=queries.activities(fair), counts=queries.counts(fair))


@bp.get("/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """Everyone signed up for one activity."""
    activity = _activity(slug, id)
    page = db.paginate(queries.of_activity(activity), per_page=100, max_per_page=100, error_out=False)
    came = queries.came(activity, [one.registration_id for one in page.items])
    delegations = list(db.session.scalars(select(Delegation).filter_by(fair_id=g.fair.id).order_by(Delegation.body_vi)))
    counts = queries.counts(g.fair).get(id, {})
    words = {"kind_words": KIND_WORDS, "states": SIGN_UP_STATES}
    shown = {"page": page, "came": came, "delegations": delegations, "counts": counts, "door": check_in.door(activity)}
    return render_template("signups/activity.html", activity=activity, **shown, **words)


@bp.post("/<int:id>/delegation")
def sign_up_delegation(slug: str, id: int) -> ResponseReturnValue:
    """Sign a whole delegation up in one go: each person counts, in the order of their names."""
    activity = _activity(slug, id)
    delegation_id = request.form.get("delegation", type=int)
    known = select(Delegation.id).filter_by(id=delegation_id, fair_id=g.fair.id)
    people = queries.of_delegation(delegation_id) if delegation_id and db.session.scalar(known) else []
    try:
        made = seats.sign_up(activity, people, by=current_user)
        seated = sum(one.state == "seated" for one in made)
        waiting = len(made) - seated
        flash(_("%(seated)s of the delegation have a seat, %(waiting)s wait.", seated=seated, waiting=waiting), "good")
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    return _back(slug, id)


@bp.post("/<int:id>/leave/<int:registration_id>")
def sign_off(slug: str, id: int, registration_id: int) -> ResponseReturnValue:
    """Take somebody off the list; the next one waiting gets the seat and is told."""
    activity = _activity(slug, id)
    person = access.fetch(Registration, registration_id, to="edit", fair_id=activity.fair_id)
    seats.leave(activity, person, by=current_user)
    return _back(slug, id)


def _back(slug: str, id: int) -> ResponseReturnValue:
    answer = redirect(url_for(".show", slug=slug, id=id), 303)
    db.session.commit()
    return answer


@bp.get("/<int:id>/list.xlsx")
def spreadsheet(slug: str, id: int) -> ResponseReturnValue:
    """Everyone signed up, as a spreadsheet for the door."""
    activity = _activity(slug, id)
    everyone = list(db.session.scalars(queries.of_activity(activity)))
    came = queries.came(activity, [one.registration_id for one in everyone])
    headings = [_("Full name"), _("Organisation"), _("Kind"), _("State"), _("Present")]
    rows = [
        [
            one.registration.full_name,
            one.registration.organisation,
            str(KIND_WORDS[one.registration.kind]),
            str(SIGN_UP_STATES[one.state]),
            _("yes") if one.registration_id in came else "",
        ]
        for one in everyone
    ]
    return pages.download(write_sheet(activity.title, headings, rows), XLSX, f"activity-{id}.xlsx")


@bp.get("/<int:id>/code")
def code(slug: str, id: int) -> ResponseReturnValue:
    """The code to print for the door: whoever has a seat checks in with their own phone."""
    activity = _activity(slug, id)
    picture = qr.as_svg(check_in.address(activity), title=_("Code to check in"))
    return render_template("signups/code.html", activity=activity, picture=picture)

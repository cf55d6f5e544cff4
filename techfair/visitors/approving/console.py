"""The organizer's pages of registrations that wait for a decision."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf import FlaskForm

from techfair.core import access
from techfair.core.errors import TechfairError
from techfair.core.fields import Ticks, choices_of
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.approving import deciding, kinds
from techfair.visitors.approving.models import CLAIMED
from techfair.visitors.models import Registration
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_WORDS

bp = access.signed_in(Blueprint("approval_console", __name__, url_prefix="/organizer/fairs/<slug>/approvals"))


class KindsForm(FlaskForm):
    """Of which kinds the organizer looks at each registration."""

    kinds = Ticks(_l("These kinds wait for approval"), choices=choices_of([(k, KIND_WORDS[k]) for k in CLAIMED]))


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Who waits; and which kinds do."""
    fair = fair_of(slug)
    form = KindsForm(data={"kinds": kinds.chosen(fair.id)})
    if form.validate_on_submit():
        kinds.choose(fair, form.kinds.data or [], current_user)
        flash(_("Who registers from now on goes by this."), "good")
        return _back(slug)
    page = db.paginate(deciding.waiting(fair), per_page=50, max_per_page=50, error_out=False)
    shown = render_template("approving/console.html", form=form, page=page, kind_words=KIND_WORDS)
    return shown, 422 if form.errors else 200


@bp.post("/approve")
def approve(slug: str) -> ResponseReturnValue:
    """Approve one, or all who are ticked."""
    fair = fair_of(slug)
    number = deciding.approve_all(fair, request.form.getlist("id", type=int)[:200], current_user)
    if number:
        told = ngettext("%(num)d registration is approved.", "%(num)d registrations are approved.", number)
        flash(told, "good")
    else:
        flash(_("Nobody was approved: tick at least one, or somebody else has decided meanwhile."), "bad")
    return _back(slug)


@bp.post("/<int:id>/decline")
def decline(slug: str, id: int) -> ResponseReturnValue:
    """Decline one, with the reason that the person is told."""
    fair: Fair = fair_of(slug)
    registration = access.fetch(Registration, id, to="edit", fair_id=fair.id)
    try:
        deciding.decline(registration, fair, current_user, request.form.get("reason", "")[:500])
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    return _back(slug)


def _back(slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer

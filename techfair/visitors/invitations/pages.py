"""The page that an invitation opens, and the organizer's list of invitations."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import access, pages
from techfair.core.errors import TechfairError
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import own
from techfair.visitors.invitations import inviting
from techfair.visitors.invitations.forms import AcceptForm, InviteForm
from techfair.visitors.invitations.models import Invitation
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.place import fair_of
from techfair.visitors.words import INVITATION_STATES, KIND_WORDS

bp = access.by_token(Blueprint("invitation", __name__, url_prefix="/invitation/<token>"))
console_bp = access.signed_in(
    Blueprint("invitation_console", __name__, url_prefix="/organizer/fairs/<slug>/invitations")
)


@bp.route("", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
def accept(token: str) -> ResponseReturnValue:
    """Register by an invitation; opening it uses nothing up, for a mail gateway may open it first."""
    invitation = inviting.of_link(token)
    fair = db.session.get_one(Fair, invitation.fair_id)
    pages.show(fair)
    if invitation.state != "sent":
        return render_template("invitations/ended.html", state=invitation.state), 410
    form = AcceptForm(full_name=invitation.name)
    if form.validate_on_submit():
        typed = (str(form.full_name.data), form.organisation.data or "", set(form.consents.data or ()))
        registration = inviting.register(invitation, fair, *typed)
        own.remember(registration)
        flash(_("You are registered. A mail with the way to this page goes to %(email)s.", email=invitation.email))
        answer = redirect(url_for("visitor_own.page"), 303)
        db.session.commit()
        return answer
    days = kind_days.dates(fair, invitation.kind, invitation.days)
    shown = {"invitation": invitation, "days": days, "kind_words": KIND_WORDS}
    page = render_template("invitations/accept.html", form=form, **shown)
    return page, 422 if form.errors else 200


@console_bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Invite people; who has been, and what became of it."""
    fair = fair_of(slug)
    form = InviteForm(fair)
    if form.validate_on_submit():
        wanted = (form.kind.data, form.language.data, form.end())
        number = inviting.invite(fair, form.people, *wanted, current_user, own_days.given(form.days.data))
        known = len(form.people) - number
        told = _("%(number)s invitations are on their way; %(known)s stood already.", number=number, known=known)
        flash(told, "good")
        answer = redirect(url_for(".index", slug=slug), 303)
        db.session.commit()
        return answer
    sent = select(Invitation).filter_by(fair_id=fair.id).options(joinedload(Invitation.registration))
    page = db.paginate(sent.order_by(Invitation.id.desc()), per_page=50, max_per_page=50, error_out=False)
    words = {"kind_words": KIND_WORDS, "states": INVITATION_STATES, "days_of": kind_days.days_of(fair)}
    return render_template("invitations/console.html", form=form, page=page, **words), 422 if form.errors else 200


@console_bp.post("/<int:id>/<any(again, revoke):deed>")
def act(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Send an invitation again, or take it back."""
    fair = fair_of(slug)
    invitation = access.fetch(Invitation, id, to="edit", fair_id=fair.id)
    try:
        if deed == "again":
            inviting.send_again(invitation, fair, current_user)
            flash(_("The invitation is on its way to %(email)s.", email=invitation.email), "good")
        else:
            inviting.revoke(invitation, current_user)
            flash(_("The invitation is taken back."), "good")
    except TechfairError as refusal:
        db.session.rollback()
        flash(str(refusal.message), "bad")
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer

"""The visitor's pages on which the e-mail address changes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import access, pages
from techfair.core.refusal import InputRefused
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import moving, own
from techfair.visitors.forms import AddressForm

bp = access.by_token(Blueprint("visitor_address", __name__, url_prefix="/me/address"))


@bp.route("", methods=["GET", "POST"])
@limiter.limit("10 per hour", key_func=own.limited_by, methods=["POST"])
def ask() -> ResponseReturnValue:
    """Type a new address; a mail goes there, and until its link is used nothing changes."""
    registration, form = own.current_registration(), AddressForm()
    if form.validate_on_submit():
        try:
            moving.ask(registration, str(form.email.data))
        except InputRefused as refusal:
            form.email.errors = [refusal.message]
        else:
            flash(
                _("A mail goes to %(email)s. The address changes once its link is used.", email=form.email.data), "good"
            )
            answer = redirect(url_for("visitor_own.page"), 303)
            db.session.commit()
            return answer
    page = render_template("visitors/address.html", form=form, registration=registration)
    return page, 422 if form.errors else 200


@bp.route("/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """What the mailed link is about to change; a mail gateway that opens it changes nothing."""
    move = moving.of_link(token)
    pages.show(db.session.get_one(Fair, move.registration.fair_id))
    if request.method == "GET":
        return render_template("visitors/address_link.html", move=move)
    moving.confirm(move)
    own.remember(move.registration)
    flash(_("Your address is %(email)s now.", email=move.address.shown), "good")
    answer = redirect(url_for("visitor_own.page"), 303)
    db.session.commit()
    return answer

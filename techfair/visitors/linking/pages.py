"""The pages that link a phone to its owner's badge. They say of a badge only which fair it belongs to."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from flask_login import current_user

from techfair.core import access
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import own
from techfair.visitors.badge_pages import opened
from techfair.visitors.linking import codes
from techfair.visitors.linking.forms import LinkForm
from techfair.visitors.models import Registration

bp = access.public_blueprint(Blueprint("linking", __name__))
console_bp = access.signed_in(Blueprint("link_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors"))
WHERE = "after linking"  # of the session: the page of this server on which the visitor was


def come_back(path: str) -> None:
    """Lead to this page of ours once the phone is linked."""
    session[WHERE] = path


@bp.post("/b/<token>/link")
@limiter.limit("300 per hour", key_func=get_remote_address)
def ask(token: str) -> ResponseReturnValue:
    """Have a code sent to the badge's owner; the answer is the same whoever that is."""
    fair, badge = opened(token)
    if badge.state == "issued":
        codes.ask(badge.registration_id, fair.id)
    db.session.commit()
    return redirect(url_for(".page", token=token), 303)


@bp.get("/b/<token>/link")
def page(token: str) -> ResponseReturnValue:
    """Where the code is typed."""
    opened(token)
    return render_template("linking/link.html", form=LinkForm(formdata=None), token=token)


@bp.post("/b/<token>/link/code")
@limiter.limit("300 per hour", key_func=get_remote_address)
def confirm(token: str) -> ResponseReturnValue:
    """Link this phone by the code; from then on it is known."""
    _fair, badge = opened(token)
    form = LinkForm()
    if form.validate_on_submit():
        try:
            person = codes.confirm(badge, str(form.code.data))
        except codes.CodeWrong as wrong:
            db.session.commit()  # the try counts
            opened(token)
            form.code.errors = [wrong.message]
        else:
            own.remember(person)
            flash(_("This phone is linked to your badge and stays so."), "good")
            answer = redirect(session.pop(WHERE, None) or url_for("visitor_own.page"), 303)
            db.session.commit()
            return answer
    return render_template("linking/link.html", form=form, token=token), 422


@console_bp.post("/<int:id>/link-code")
def give(slug: str, id: int) -> ResponseReturnValue:
    """Show the desk's staff a code for whoever stands before them."""
    fair = access.fetch(Fair, slug=slug, to="visitors")
    person = access.fetch(Registration, id, to="edit", fair_id=fair.id)
    code = codes.give(person, current_user)
    flash(_("The one-time code is %(code)s. It works for 15 minutes.", code=f"{code[:3]} {code[3:]}"), "info")
    answer = redirect(url_for("visitor_console.show", slug=slug, id=id), 303)
    db.session.commit()
    return answer

"""The first-run page: it exists while nobody administers this installation."""

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from techfair.accounts import first, landing, sessions
from techfair.accounts.forms import SetupForm
from techfair.accounts.views import bp
from techfair.core import access
from techfair.core.languages import language
from techfair.extensions import db


@bp.route("/setup", methods=["GET", "POST"])
@access.public
def setup() -> ResponseReturnValue:
    """Make oneself the first administrator."""
    if not first.is_needed():
        abort(404)
    form = SetupForm()
    if form.validate_on_submit():
        typed = form.data
        user = first.set_up(typed["email"], typed["full_name"], typed["password"], language())
        sessions.enter(user, by="setup")
        address = landing.of(user)
        db.session.commit()
        return redirect(address, 303)
    return render_template("accounts/setup.html", form=form), 422 if form.errors else 200

"""The first-run page: it exists while nobody administers this installation."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from techfair.accounts import first, landing, sessions
from techfair.accounts.forms import SetupForm
from techfair.accounts.views import bp
from techfair.core import access
from techfair.core.languages import language
from techfair.extensions import db
from techfair.fairs import front


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


@front.first_steps.add(10)
def first_administrator() -> front.FirstStep | None:
    """The home page of an installation that nobody administers leads here."""
    if not first.is_needed():
        return None
    return front.FirstStep(
        _l("Begin with techfair"),
        _l("This installation is new. Its first administrator makes the organizing unit and the fair."),
        _l("Begin"),
        url_for("accounts.setup"),
        "key-round",
    )

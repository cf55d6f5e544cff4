"""Sign in and sign out."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts import landing, passwords, people, sessions, tries
from techfair.accounts.forms import SignInForm
from techfair.accounts.models import User
from techfair.accounts.views import bp
from techfair.core import access
from techfair.core.vietnamese import search_key
from techfair.extensions import db


@bp.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> ResponseReturnValue:
    """E-mail and password; the answer is the same whether or not the account exists."""
    next = request.args.get("next")
    if current_user.is_authenticated:
        return redirect(landing.after_sign_in(current_user, next), 303)
    form = SignInForm()
    if form.validate_on_submit():
        if user := _known(form.email.data or "", form.password.data or ""):
            address = landing.after_sign_in(user, next)
            db.session.commit()
            return redirect(address, 303)
        form.form_errors.append(_("This e-mail and this password do not belong together. Check both, then try again."))
    return render_template("accounts/sign_in.html", form=form, next=next), 422 if form.errors else 200


def _known(email: str, password: str) -> User | None:
    """The user who knows the password, signed in.

    The tries are committed before the comparison: parallel guesses count, and hashing keeps no writer waiting.
    """
    key = search_key(email)
    tried = [tries.count("sign in", key), tries.count("sign in", request.remote_addr or "", most=tries.PER_ADDRESS)]
    user = people.by_email(email)
    stored = user.password_hash if user and user.is_active else None
    db.session.commit()
    if not passwords.matches(stored, password) or user is None or user.password_hash != stored:
        return None
    tries.take_back(tried[1])
    tries.forgive("sign in", key)
    if passwords.is_outdated(stored):
        user.password_hash = passwords.hashed(password)
    sessions.enter(user, by="password")
    return user


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    """End this browser's session; harmless where there is none."""
    sessions.leave()
    return redirect("/", 303)


@bp.get("/account/work")
def work() -> ResponseReturnValue:
    """On to where the user works."""
    return redirect(landing.of(current_user), 303)


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the account, this one too."""
    sessions.end_all(current_user._get_current_object())
    db.session.commit()
    sessions.leave()
    return redirect(url_for(".sign_in"), 303)

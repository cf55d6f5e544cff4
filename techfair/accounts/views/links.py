"""What mailed links open: to sign in, to set a password. Opening changes nothing; the button does."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.accounts import landing, links, people, sessions, tries
from techfair.accounts.forms import AskLinkForm, NewPasswordForm
from techfair.accounts.mailing import mail_password_link, mail_sign_in_link
from techfair.accounts.passwords import set_password
from techfair.accounts.views import bp
from techfair.core import access, audit
from techfair.core.vietnamese import search_key
from techfair.extensions import db

DEEDS = {"sign-in": mail_sign_in_link, "password": mail_password_link}


@bp.route("/sign-in/<any('sign-in', password):purpose>", methods=["GET", "POST"], endpoint="ask_link")
@access.public
def ask_link(purpose: str) -> ResponseReturnValue:
    """Ask for a link by mail; the answer is the same whether or not the account exists."""
    form = AskLinkForm()
    if form.validate_on_submit():
        email = form.email.data or ""
        tries.count("mailed link", search_key(email))
        tries.count("mailed link", request.remote_addr or "", most=tries.PER_ADDRESS)
        user = people.by_email(email)
        if user is not None and user.is_active:
            DEEDS[purpose](user)
        db.session.commit()
        return redirect(url_for(".link_asked"), 303)
    return render_template("accounts/ask_link.html", form=form, purpose=purpose), 422 if form.errors else 200


@bp.get("/sign-in/asked")
@access.public
def link_asked() -> ResponseReturnValue:
    """What happens next after asking for a link."""
    return render_template("accounts/link_asked.html")


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@access.public
def link(token: str) -> ResponseReturnValue:
    """Sign in by a mailed link, once."""
    mailed = links.read_sign_in(token)
    if request.method != "POST":  # a mail gateway also asks by HEAD
        return render_template("accounts/link.html", user=mailed.user)
    links.spend(mailed)
    sessions.enter(mailed.user, by="link")
    address = landing.of(mailed.user) if mailed.value == "/" else landing.after_sign_in(mailed.user, mailed.value)
    db.session.commit()
    return redirect(address, 303)


@bp.route("/sign-in/password/link/<token>", methods=["GET", "POST"])
@access.public
def password_link(token: str) -> ResponseReturnValue:
    """Set the password by a mailed link, the first or a new one; the link ends by it."""
    user = links.read_password(token).user
    form = NewPasswordForm(user.email)
    if form.validate_on_submit():
        set_password(user, form.password.data or "")
        audit.record("user.password_set", user, by=user, method="link")
        tries.forgive("sign in", search_key(user.email))
        sessions.enter(user, by="link")
        address = landing.of(user)
        db.session.commit()
        flash(_("Your password has been set. All other devices are signed out."), "success")
        return redirect(address, 303)
    return render_template("accounts/new_password.html", form=form, user=user), 422 if form.errors else 200

"""One's own account: name, language, password, e-mail, sessions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts import links, own, passwords, sessions, tries
from techfair.accounts.forms import AccountForm, ChangeEmailForm, ChangePasswordForm
from techfair.accounts.models import User
from techfair.accounts.views import bp
from techfair.core import access, languages
from techfair.core.refusal import InputRefused
from techfair.extensions import db


def _me() -> User:
    return current_user._get_current_object()  # type: ignore[no-any-return]


@bp.route("/account", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """Name, phone and language; the ways to the rest."""
    me = _me()
    form = AccountForm(obj=me)
    if form.validate_on_submit():
        own.change(me, form.full_name.data or "", form.phone.data or "", form.language.data)
        answer = redirect(url_for(".account"), 303)
        languages.keep_in_browser(answer, me.language)
        db.session.commit()
        flash(_("Saved."), "success")
        return answer
    return render_template("accounts/account.html", form=form), 422 if form.errors else 200


@bp.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """A new password, for who knows the present one; the other devices are signed out."""
    me = _me()
    form = ChangePasswordForm(me.email)
    if form.validate_on_submit() and _knows_present(me, form.present):
        passwords.set_password(me, form.password.data or "")
        own.note_password(me)
        sessions.renew(me)
        db.session.commit()
        flash(_("Your password has been changed. All other devices are signed out."), "success")
        return redirect(url_for(".account"), 303)
    return render_template("accounts/change_password.html", form=form), 422 if form.errors else 200


@bp.route("/account/email", methods=["GET", "POST"])
def email() -> ResponseReturnValue:
    """Ask for another address; it counts once it is confirmed from there."""
    me = _me()
    form = ChangeEmailForm()
    if form.validate_on_submit() and _knows_present(me, form.present):
        try:
            own.ask_new_email(me, form.email.data or "")
        except InputRefused as refusal:
            form.email.errors = [*form.email.errors, str(refusal.message)]
        else:
            db.session.commit()
            return render_template("accounts/email_asked.html", email=form.email.data)
    return render_template("accounts/change_email.html", form=form), 422 if form.errors else 200


@bp.route("/account/email/link/<token>", methods=["GET", "POST"])
@access.public
def email_link(token: str) -> ResponseReturnValue:
    """Confirm the new address from its mailbox; GET shows, the button does."""
    link = links.read_email(token)
    if request.method != "POST":  # a mail gateway also asks by HEAD
        return render_template("accounts/email_link.html", user=link.user, email=link.value)
    is_mine = current_user.is_authenticated and current_user.id == link.user.id
    own.take_new_email(link.user, link.value)
    if is_mine:
        sessions.renew(link.user)
    db.session.commit()
    flash(_("Your e-mail has been changed. Sign in with it from now on."), "success")
    return redirect(url_for(".account") if is_mine else url_for(".sign_in"), 303)


def _knows_present(user: User, field: object) -> bool:
    """Whether the typed present password is right; wrong ones are counted like those of sign-in."""
    tries.count("present password", str(user.id))
    stored = user.password_hash
    db.session.commit()  # the try counts, and hashing keeps no writer waiting
    if passwords.matches(stored, field.data or ""):  # type: ignore[attr-defined]
        tries.forgive("present password", str(user.id))
        return True
    field.errors = [_("This is not your present password.")]  # type: ignore[attr-defined]
    return False

"""What people type to sign in and about their own account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, PasswordField, RadioField, StringField, TelField
from wtforms.validators import DataRequired, EqualTo, Length, Optional

from techfair.accounts import passwords
from techfair.core.fields import choices_of
from techfair.core.languages import LANGUAGES
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.vietnamese import clean_line

NAME_NEEDED = _l("Type the full name.")
EMAIL_NEEDED = _l("Type the e-mail address.")
PASSWORD_NEEDED = _l("Type the password.")
PASSWORDS_DIFFER = _l("The two passwords differ. Type the same one twice.")
TOO_LONG = _l("This is longer than %(max)d characters.")


def tidy(text: str | None) -> str | None:
    """A filter of fields: one line, composed letters, no control characters."""
    return clean_line(text) if text else text


def an_address(form: Form, field: Field) -> None:
    parse_mail_address(field.data or "")


def a_phone(form: Form, field: Field) -> None:
    parse_phone(field.data or "")


class SignInForm(FlaskForm):
    email = EmailField(_l("E-mail"), [DataRequired(EMAIL_NEEDED), Length(max=254, message=TOO_LONG)])
    password = PasswordField(_l("Password"), [DataRequired(PASSWORD_NEEDED)])


class AskLinkForm(FlaskForm):
    """To whom a link is to be mailed."""

    email = EmailField(_l("E-mail"), [DataRequired(EMAIL_NEEDED), an_address])


class NewPasswordForm(FlaskForm):
    """A password twice, judged against the account's own address."""

    password = PasswordField(_l("New password"), [DataRequired(PASSWORD_NEEDED)])
    again = PasswordField(_l("The new password again"), [EqualTo("password", PASSWORDS_DIFFER)])

    def __init__(self, email: str = "", **values: Any) -> None:
        super().__init__(**values)
        self._email = email

    def validate_password(self, field: Field) -> None:
        passwords.judge(field.data, self._email)


class ChangePasswordForm(NewPasswordForm):
    present = PasswordField(_l("Present password"), [DataRequired(PASSWORD_NEEDED)])


class ChangeEmailForm(FlaskForm):
    email = EmailField(_l("New e-mail"), [DataRequired(EMAIL_NEEDED), an_address])
    present = PasswordField(_l("Present password"), [DataRequired(PASSWORD_NEEDED)])


class AccountForm(FlaskForm):
    full_name = StringField(_l("Full name"), [DataRequired(NAME_NEEDED), Length(max=120, message=TOO_LONG)], [tidy])
    phone = TelField(_l("Phone"), [Optional(), a_phone])
    language = RadioField(_l("Language of pages and mails"), choices=choices_of(LANGUAGES.items()))


class SetupForm(NewPasswordForm):
    """The first administrator."""

    full_name = StringField(_l("Full name"), [DataRequired(NAME_NEEDED), Length(max=120, message=TOO_LONG)], [tidy])
    email = EmailField(_l("E-mail"), [DataRequired(EMAIL_NEEDED), an_address])

    def validate_password(self, field: Field) -> None:
        passwords.judge(field.data, self.email.data or "")

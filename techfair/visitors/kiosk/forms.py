"""What is typed at a kiosk, and to start and end one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import Regexp, ValidationError

from techfair.core.fields import Line, Needed

CODE = Regexp(r"\d{4,8}\Z", message=_l("The code is four to eight digits."))


class StartForm(FlaskForm):
    """A name for the screen, and the code that ends it."""

    name = Line(_l("Name of the kiosk"), most=80, needed=_l("Type a name that you know it by."))
    code = PasswordField(_l("Staff code"), [Needed(_l("Choose a code: without it nobody leaves the kiosk.")), CODE])


class LeaveForm(FlaskForm):
    code = PasswordField(_l("Staff code"), [Needed(_l("Type the staff code."))])


class FindForm(FlaskForm):
    """The code of the mail, or contact and name."""

    badge = StringField(_l("Code in your mail"))
    contact = Line(_l("E-mail or telephone number"), most=254)
    full_name = Line(_l("Full name"), most=120)

    def validate_full_name(self, field: StringField) -> None:
        if not self.badge.data and not (self.contact.data and field.data):
            raise ValidationError(_l("Scan the code of your mail, or type contact and full name."))

    def refuse(self, **_: Any) -> None:
        """Say that nobody was found, the same for an unknown contact and for another's name."""
        self.full_name.errors = [_l("Nobody is registered so. Check both, or register anew.")]

"""What is typed about delegations and their people."""

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField

from techfair.core.fields import Count, Line, choices_of
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.fairs import provinces
from techfair.fairs.models import Fair
from techfair.visitors.delegations.inviting import DelegationInput
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.kind_days.forms import OwnDays
from techfair.visitors.models import Delegation


def _address(field: StringField) -> None:
    if field.data:
        field.data = parse_mail_address(field.data, allow_test=True).shown


class DelegationForm(FlaskForm):
    """A sending body and whom to write to."""

    body_vi = Line(_l("Sending body, in Vietnamese"), needed=_l("Type who sends the delegation."))
    body_en = Line(_l("Sending body, in English"))
    province_code = SelectField(_l("Province or city"), validate_choice=True)
    dispatch_number = Line(_l("Dispatch number"), most=60)
    expected = Count(_l("People expected"), 1, 5000)
    days = OwnDays()
    contact_name = Line(_l("Contact person"), most=120)
    contact_email = Line(_l("E-mail address of the contact person"), most=254)

    def __init__(self, fair: Fair, delegation: Delegation | None = None) -> None:
        super().__init__(obj=delegation)
        listed = [(place.code, place.name) for place in provinces.in_force(fair.starts_on)]
        self.days.offer(fair)
        self.province_code.choices = choices_of([("", _l("none: a ministry, a firm, from abroad")), *listed])

    def validate_contact_email(self, field: StringField) -> None:
        _address(field)

    def delegation(self) -> DelegationInput:
        """What was typed, once it is valid."""
        told = {name: self[name].data for name in DelegationInput.model_fields}
        own = {"province_code": told["province_code"] or None, "days": own_days.given(told["days"])}
        return DelegationInput(**told | own)


class GroupForm(FlaskForm):
    """A group of its own wish: who it is and who registers it."""

    form_token = HiddenField()
    body_vi = Line(_l("Name of the group or organisation"), needed=_l("Type who comes."))
    contact_name = Line(_l("Your name"), most=120, needed=_l("Type your name."))
    contact_email = Line(
        _l("Your e-mail address"), most=254, needed=_l("Type your address: the link to your group goes there.")
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = self.form_token.data or uuid4().hex

    def validate_contact_email(self, field: StringField) -> None:
        _address(field)

    def group(self) -> DelegationInput:
        """What was typed, once it is valid."""
        names = ("body_vi", "contact_name", "contact_email")
        return DelegationInput(**{name: self[name].data for name in names})


class PersonForm(FlaskForm):
    """One person of a delegation; a name is enough."""

    full_name = Line(_l("Full name"), most=120, needed=_l("Type the name as it shall stand on the badge."))
    organisation = Line(_l("Organisation"), most=200)
    contact = Line(_l("E-mail or telephone number"), most=254)

    def validate_contact(self, contact: StringField) -> None:
        if contact.data:
            (parse_mail_address if "@" in contact.data else parse_phone)(contact.data)

    def values(self) -> dict[str, str | None]:
        typed = self.contact.data or ""
        return {
            "full_name": self.full_name.data,
            "organisation": self.organisation.data,
            "email": typed if "@" in typed else None,
            "phone": typed if typed and "@" not in typed else None,
        }

"""What is typed about signers: their ranks, people beside the representatives, the last day."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import InputRequired, ValidationError

from techfair.agreements.kinds import ROLE_LABELS
from techfair.agreements.models import Agreement
from techfair.agreements.signers.models import LAST_RANK
from techfair.agreements.signers.planning import Person
from techfair.core import clock
from techfair.core.fields import Day, Line, choices_of
from techfair.core.mail_addresses import parse_mail_address

MOST_PEOPLE = 12
RANKS = choices_of((str(n), str(n)) for n in range(1, LAST_RANK + 1))


class PersonForm(Form):
    """One person beside the representatives; left empty it is left out."""

    name = Line(_l("Full name"), most=120, needed=_l("Type the full name."))
    email = StringField(_l("E-mail"), [InputRequired(_l("Type the e-mail address."))])
    party = SelectField(_l("For which party"), coerce=int, validate_choice=False)
    role = SelectField(_l("Part"), choices=choices_of(ROLE_LABELS.items()), default="witness")
    rank = SelectField(_l("Turn"), choices=RANKS, default="1")

    def validate_email(self, field: StringField) -> None:
        field.data = parse_mail_address(field.data or "").shown

    def values(self) -> Person:
        return Person(
            self.party.data, self.role.data, int(self.rank.data), self.name.data or "", str(self.email.data).casefold()
        )


class RankForm(Form):
    """When the representative of a party signs."""

    rank = SelectField(_l("Turn"), choices=RANKS, default="1")


class DeadlineForm(FlaskForm):
    """The last day for signing, from today on."""

    sign_by_on: Any = Day(_l("Last day for signing"))

    def __init__(self, agreement: Agreement, **values: Any) -> None:
        super().__init__(**values)
        self.agreement = agreement

    def validate_sign_by_on(self, field: Any) -> None:
        if field.data and field.data < clock.today(self.agreement.fair.timezone):
            raise ValidationError(_l("This date is past. Choose a later one."))


class ExtensionForm(DeadlineForm):
    """Another last day."""

    sign_by_on: Any = Day(_l("Last day for signing"), needed=_l("Type the new last day."))


class PlanForm(DeadlineForm):
    """Who is asked, as what, in which order."""

    parties = FieldList(FormField(RankForm))
    people = FieldList(FormField(PersonForm), max_entries=MOST_PEOPLE)

    def __init__(self, agreement: Agreement) -> None:
        people = [
            {"name": one.name, "email": one.email, "party": one.party_id, "role": one.role, "rank": str(one.rank)}
            for one in agreement.planned
        ]
        ranks = [{"rank": str(party.rank)} for party in agreement.parties]
        shown = {"sign_by_on": agreement.sign_by_on, "parties": ranks, "people": people}
        super().__init__(agreement, data=shown)
        if not self.is_submitted():
            self.people.append_entry()
        parties = choices_of((party.id, party.name) for party in agreement.parties)
        for entry in self.people:
            entry.form.party.choices = parties

    @property
    def ranks(self) -> dict[int, int]:
        """The rank of each party's representative."""
        return {
            party.id: int(entry.form.rank.data)
            for party, entry in zip(self.agreement.parties, self.parties, strict=False)
        }

    def persons(self) -> list[Person]:
        return [entry.form.values() for entry in self.people]

    def validate(self, extra_validators: Any = None) -> bool:
        """Rows left empty are left out."""
        self.people.entries = [one for one in self.people if one.form.name.data or one.form.email.data]
        return bool(super().validate(extra_validators))

    def validate_people(self, field: Any) -> None:
        seen = {party.email.casefold() for party in self.agreement.parties}
        known = {party.id for party in self.agreement.parties}
        for entry in field:
            address = (entry.form.email.data or "").casefold()
            if address in seen:
                entry.form.email.errors = [_l("Somebody has a part with this mailbox already. Type another address.")]
                raise ValidationError("")
            if entry.form.party.data not in known:
                entry.form.party.errors = [_l("Choose the party.")]
                raise ValidationError("")
            seen.add(address)

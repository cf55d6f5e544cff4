"""What a person may type about a deal. Rows are added by a button and left out by leaving them empty."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from techfair.agreements import kinds
from techfair.agreements.deal import words
from techfair.agreements.deal.models import MOST_MILESTONES
from techfair.agreements.schemas import MOST_VALUE, Deal, MilestoneInput, PartyInput
from techfair.core import links
from techfair.core.errors import TechfairError
from techfair.core.fields import Day, Line, Ticks, Version, choices_of
from techfair.core.languages import LANGUAGES, language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.money import AmountRefused, format_amount, parse_amount, parse_rate
from techfair.core.number_words import CURRENCY_WORDS
from techfair.core.vietnamese import clean_line
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.words import TRANSFER_FORMS

MOST_PARTIES = 6
TOKEN_DAYS = 30  # a form may lie open over a holiday
NOT_SAID = ("", _l("Not said"))
CURRENCIES = [(one, one) for one in CURRENCY_WORDS["vi"]]


def token(party_id: int | None, company_id: int | None) -> str:
    """Which party and company a block of the form is: signed, for nobody types that."""
    return links.sign("party", [party_id, company_id])


def _line(typed: Any) -> str:
    """What was typed, on one line."""
    return clean_line(typed) if isinstance(typed, str) else ""


def _is_empty(entry: Any, *names: str) -> bool:
    return not any(entry.form[name].data for name in names)


def check_rate(rate: StringField, currency: SelectField, rate_on: Day) -> None:
    """A rate that was typed is one, of a foreign currency, and of a day."""
    parse_rate(rate.data or "", language())
    if currency.data == "VND":
        raise ValidationError(_l("An amount in đồng needs no rate. Leave it empty or choose another currency."))
    if not rate_on.data and not rate_on.errors:
        rate_on.errors = [_l("Type the day whose rate this is.")]
        raise ValidationError("")


class PartyForm(Form):
    """One side: its legal data come from its profile, who signs is typed."""

    known = HiddenField()
    name_vi = Line(_l("Legal name of the party"), needed=_l("Type the name as it stands in the business registration."))
    name_en = Line(_l("Name in English"))
    tax_code = Line(_l("Tax code"), most=20)
    address = Line(_l("Address"))
    representative = Line(_l("Who signs"), most=120, needed=_l("Type the full name of who signs."))
    representative_title = Line(_l("Position of who signs"), most=120)
    email = StringField(_l("E-mail of who signs"), [InputRequired(_l("Type the e-mail address of who signs."))])
    language = RadioField(_l("Language of our mail to them"), choices=choices_of(LANGUAGES.items()), default="vi")

    def validate_email(self, field: StringField) -> None:
        field.data = parse_mail_address(field.data or "").shown

    @property
    def identity(self) -> tuple[int | None, int | None]:
        """The ids of party and company; none where the block is new or its mark does not hold."""
        try:
            party_id, company_id = links.read("party", self.known.data or "", days=TOKEN_DAYS)
        except TechfairError:
            return None, None
        return party_id, company_id

    def values(self) -> PartyInput:
        """The party as typed; its company is known from elsewhere and is never typed."""
        party_id, company_id = self.identity
        typed = {name: value or "" for name, value in self.data.items() if name != "known"}
        return PartyInput(id=party_id, company_id=company_id, **typed)


class MilestoneForm(Form):
    """What is promised by a day."""

    title_vi = Line(_l("Milestone in Vietnamese"), needed=_l("Say what is reached by this day."))
    title_en = Line(_l("Milestone in English"))
    due_on: Any = Day(_l("By"), needed=_l("Type the day of this milestone."))
    measure = SelectField(_l("What is counted"), choices=choices_of(words.MEASURE_LABELS.items()))
    planned = StringField(_l("How much or how many"), [Optional()], filters=[_line])
    currency = SelectField(_l("Currency of the capital"), choices=choices_of(CURRENCIES), default="VND")
    rate = StringField(_l("Đồng for one unit of the currency"), [Optional()], filters=[_line])
    rate_on: Any = Day(_l("Rate of the day"))

    @property
    def is_foreign(self) -> bool:
        """Whether it is capital in another currency than đồng."""
        return bool(self.measure.data == "capital" and self.currency.data != "VND")

    def validate_measure(self, field: SelectField) -> None:
        if field.data != "step" and not self.planned.data:
            self.planned.errors = [_l("Type the amount that is promised, or choose a step without an amount.")]
            raise ValidationError("")

    def validate_planned(self, field: StringField) -> None:
        if self.measure.data == "step":
            raise ValidationError(_l("A step has no amount. Choose what is counted, or leave the amount empty."))
        if not 0 < self._planned() <= MOST_VALUE:
            raise ValidationError(_l("Type an amount above zero."))

    def validate_currency(self, field: SelectField) -> None:
        if field.data != "VND" and self.measure.data != "capital":
            raise ValidationError(_l("Only capital has a currency. Choose what is counted, or VND here."))

    def validate_rate(self, field: StringField) -> None:
        check_rate(field, self.currency, self.rate_on)

    def values(self) -> MilestoneInput:
        counts = self.measure.data != "step" and self.planned.data
        typed = {name: self[name].data or "" for name in ("title_vi", "title_en", "measure")}
        made = MilestoneInput(planned=self._planned() if counts else None, due_on=self.due_on.data, **typed)
        if not self.is_foreign:
            return made
        rate = parse_rate(self.rate.data, language()) if self.rate.data else None
        rated = {"rate": rate, "rate_on": self.rate_on.data if rate else None}
        return made.model_copy(update={"currency": self.currency.data, **rated})

    def _planned(self) -> int:
        return parse_amount(self.planned.data or "", language(), self.currency.data if self.is_foreign else "VND")


class AgreementForm(FlaskForm):
    """A deal: kind, subject, technologies, value, schedule, and its parties; ``today`` is the fair's."""

    kind = SelectField(_l("Kind of document"))
    languages = RadioField(
        _l("Language of the document"), choices=choices_of(words.DOCUMENT_LANGUAGES.items()), default="both"
    )
    subject_vi = Line(_l("Subject in Vietnamese"), most=300, needed=_l("Say in one phrase what you agree on."))
    subject_en = Line(_l("Subject in English"), most=300)
    technology_ids: Any = Ticks(_l("Technologies that the document is about"), coerce=int)
    transfer_form = SelectField(
        _l("Form of transfer"), choices=choices_of([NOT_SAID, *TRANSFER_FORMS.items()]), default=""
    )
    value = StringField(_l("Intended value"), [Optional()], filters=[_line])
    value_high = StringField(_l("Up to, if it is a range"), [Optional()], filters=[_line])
    value_currency = SelectField(_l("Currency"), choices=choices_of(CURRENCIES), default="VND")
    value_rate = StringField(_l("Đồng for one unit of the currency"), [Optional()], filters=[_line])
    value_rate_on: Any = Day(_l("Rate of the day"))
    is_confidential = BooleanField(_l("The value is confidential: the agreement is counted without it"))
    place = Line(_l("Place"))
    area = StringField(_l("Area in hectares"), [Optional()], filters=[_line])
    valid_until_on: Any = Day(_l("Valid until"))
    milestones = FieldList(FormField(MilestoneForm), max_entries=MOST_MILESTONES)
    parties = FieldList(FormField(PartyForm), min_entries=2, max_entries=MOST_PARTIES)
    another = SelectField(_l("An exhibitor of this fair"), [Optional()], validate_choice=False)
    version = Version()

    def __init__(self, kinds_offered: Sequence[str], today: date, **values: Any) -> None:
        super().__init__(**values)
        self.today = today
        self.kind.choices = choices_of([(kind, kinds.KIND_LABELS[kind]) for kind in kinds_offered])
        self.technology_ids.choices = []

    @property
    def company_ids(self) -> list[int]:
        """The companies among the parties."""
        return [id for _, id in (entry.form.identity for entry in self.parties) if id is not None]

    def offer(self, technologies: Sequence[Technology], companies: Sequence[tuple[int, str]]) -> None:
        """Let these be chosen: technologies of the parties, companies that may become one."""
        self.technology_ids.choices = choices_of((one.id, one.title) for one in technologies)
        self.another.choices = choices_of([("", _l("Choose a company")), *((str(id), name) for id, name in companies)])

    def add_party(self, values: dict[str, Any]) -> None:
        """One more block, or an empty one filled."""
        for entry in self.parties:
            if _is_empty(entry, "name_vi", "representative", "email"):
                entry.form.process(data=values)
                return
        if len(self.parties) < MOST_PARTIES:
            self.parties.append_entry(values or None)

    def add_milestone(self) -> None:
        if len(self.milestones) < MOST_MILESTONES:
            self.milestones.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        """Blocks left empty are left out: milestones, and parties beyond the first two."""
        self.milestones.entries = [one for one in self.milestones if not _is_empty(one, "title_vi", "due_on")]
        parties: list[Any] = self.parties.entries
        further = [one for one in parties[2:] if not _is_empty(one, "name_vi", "representative", "email")]
        self.parties.entries = [*parties[:2], *further]
        return bool(super().validate(extra_validators))

    def validate_value(self, field: StringField) -> None:
        if self._amount(field) > MOST_VALUE:
            raise ValidationError(_l("This amount is too large. Check the number of zeros."))
        if self.is_confidential.data:
            raise ValidationError(_l("Leave the amount empty: a confidential value is not kept here."))

    def validate_value_high(self, field: StringField) -> None:
        high = self._amount(field)
        if not self.value.data:
            raise ValidationError(_l("Type the lower end of the range first."))
        try:
            low = self._amount(self.value)
        except AmountRefused:
            return  # its own field says so
        if not low < high <= MOST_VALUE:
            raise ValidationError(_l("The range must end above its beginning."))

    def validate_value_rate(self, field: StringField) -> None:
        check_rate(field, self.value_currency, self.value_rate_on)

    def validate_area(self, field: StringField) -> None:
        if not self._square_metres():
            raise ValidationError(_l("Type the area in hectares, for example 12.5, exact to a square metre."))

    def validate_valid_until_on(self, field: Day) -> None:
        if field.data and field.data <= self.today:
            raise ValidationError(_l("This date is past. Choose a later one."))

    def validate_parties(self, field: Any) -> None:
        seen: set[str] = set()
        for entry in field:
            address = (entry.form.email.data or "").casefold()
            if address and address in seen:
                entry.form.email.errors = [_l("Each party signs from a mailbox of its own. Type another address.")]
                raise ValidationError("")
            seen.add(address)

    def deal(self, **more: Any) -> Deal:
        """The deal as typed; call it after the form is valid."""
        return Deal(
            subject_vi=self.subject_vi.data or "",
            subject_en=self.subject_en.data or "",
            languages=self.languages.data or "both",
            technology_ids=self.technology_ids.data or [],
            transfer_form=self.transfer_form.data or None,
            value=self._amount(self.value) if self.value.data else None,
            value_high=self._amount(self.value_high) if self.value_high.data else None,
            value_currency=self.value_currency.data or "VND",
            value_rate=self._rate(),
            value_rate_on=self.value_rate_on.data if self.value_rate.data else None,
            is_confidential=bool(self.is_confidential.data),
            place=self.place.data or "",
            area_m2=self._square_metres() if self.area.data else None,
            valid_until_on=self.valid_until_on.data,
            milestones=[entry.form.values() for entry in self.milestones],
            **more,
        )

    def party_values(self) -> list[PartyInput]:
        """The parties in order."""
        return [entry.form.values() for entry in self.parties]

    def _amount(self, field: StringField) -> int:
        return parse_amount(field.data or "", language(), self.value_currency.data or "VND")

    def _rate(self) -> Decimal | None:
        return parse_rate(self.value_rate.data, language()) if self.value_rate.data else None

    def _square_metres(self) -> int | None:
        """The area in whole square metres; None where it is no area."""
        try:
            exact = parse_rate(self.area.data or "", language()) * 10_000
        except AmountRefused:
            return None
        return int(exact) if exact == int(exact) else None


def typed_amount(amount: int | None, currency: str) -> str:
    """An amount as the reader would type it."""
    return "" if amount is None else format_amount(amount, currency, language())

"""What a person may type about a technology offered or needed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, RadioField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from techfair.core import clock
from techfair.core.fields import (
    Count,
    Kept,
    Keywords,
    Line,
    Paragraphs,
    Ticks,
    Version,
    Web,
    choices_of,
    keep_picture,
)
from techfair.core.languages import language
from techfair.core.money import format_amount, parse_amount
from techfair.exhibitors import needs, technologies, words
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.forms import CHOOSE_SECTORS, MOST_SECTORS, ZONE
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import sectors

SUMMARY = 500
NEEDED_TO_PUBLISH = _l("Fill this in before you publish.")
CURRENCIES = [(code, code) for code in words.CURRENCIES]

READINESS_CHOICES = [
    (str(level), _l("%(level)s – %(meaning)s", level=level, meaning=meaning))
    for level, meaning in words.READINESS.items()
]


def _level(text: Any) -> int | None:
    level = str(text)
    return int(level) if len(level) == 1 and level in "123456789" else None


class RecordForm(FlaskForm):
    """What technologies and needs have in common. A draft may lack what a published record needs."""

    title_vi = Line(_l("Title in Vietnamese"), needed=_l("Give it a title."))
    title_en = Line(_l("Title in English"))
    sectors = Ticks(_l("Sectors"))
    transfer_forms = Ticks(_l("Forms of transfer"), choices=choices_of(words.TRANSFER_FORMS.items()))
    version = Version()

    NEEDED: tuple[str, ...] = ()
    COLUMNS: tuple[str, ...] = ()
    AMOUNTS: tuple[str, str] = ("", "")
    CURRENCY = ""
    FURTHER: tuple[str, ...] = ()  # what partners read and no rule does, kept in the record's ``further``

    def __init__(
        self, record: Technology | Need | None = None, *, publishing: bool = False, **typed_elsewhere: Any
    ) -> None:
        """``typed_elsewhere`` (``formdata``, ``meta``) is for what does not come from a page: the rows of a file."""
        self.further = dict((record.further if record else None) or {})
        super().__init__(data=self.values_of(record), **typed_elsewhere)
        self.sectors.choices = choices_of([(sector.key, sector.label) for sector in sectors.all_sectors()])
        self.is_publishing = publishing

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        for name in self.NEEDED if self.is_publishing else ():
            field = self._fields[name]
            if not field.data and not field.errors:
                field.errors = [*field.errors, NEEDED_TO_PUBLISH]
                is_valid = False
        return bool(is_valid)

    def validate_sectors(self, field: Ticks) -> None:
        if len(field.data or []) > MOST_SECTORS:
            raise ValidationError(CHOOSE_SECTORS)

    def _read_amount(self, field: StringField) -> int | None:
        typed = (field.data or "").strip()
        return parse_amount(typed, language(), self._fields[self.CURRENCY].data) if typed else None

    def _check_upper(self, upper: StringField) -> None:
        high = self._read_amount(upper)
        lower = self._fields[self.AMOUNTS[0]]
        if lower.errors:
            return
        low = self._read_amount(lower)
        if high is not None and (low is None or high < low):
            raise ValidationError(_l("The upper amount is below the lower one."))

    def values(self) -> dict[str, Any]:
        """The columns as they are stored, once the form is valid."""
        values = {name: self._fields[name].data for name in self.COLUMNS}
        typed = {name: self._fields[name].data for name in self.FURTHER}
        further = self.further | {name: value for name, value in typed.items() if value or name in self.further}
        return values | {"further": further} | {name: self._read_amount(self._fields[name]) for name in self.AMOUNTS}

    def values_of(self, record: Any) -> dict[str, Any]:
        """What the form of a record starts from."""
        if record is None:
            return {}
        values = {name: getattr(record, name) for name in self.COLUMNS}
        values |= {name: values[name] or "" for name in ("stage",) if name in values}
        for name in self.AMOUNTS:
            amount = getattr(record, name)
            values[name] = "" if amount is None else _typed(amount, getattr(record, self.CURRENCY))
        values |= {name: (record.further or {}).get(name) or "" for name in self.FURTHER}
        return values | {"version": record.version, "sectors": [row.sector for row in record.sectors]}


def _typed(amount: int, currency: str) -> str:
    """An amount as its editor would type it, without the currency that stands beside the field."""
    shown = format_amount(amount, currency, language())
    return " ".join(part for part in shown.split() if part not in {"đồng", currency})


class TechnologyForm(RecordForm):
    """A technology on offer, for its own company: also what it keeps back."""

    NEEDED = technologies.NEEDED
    AMOUNTS, CURRENCY = ("price_low", "price_high"), "price_currency"
    COLUMNS = (
        *("title_vi", "title_en", "summary_vi", "summary_en", "description_vi", "description_en"),
        *("advantages_vi", "advantages_en", "keywords_vi", "keywords_en", "readiness", "stage", "transfer_forms"),
        *("property_kind", "property_number", "price_kind", "price_currency"),
    )
    FURTHER = (
        *("innovation_vi", "innovation_en", "stage_year", "references_vi", "references_en"),
        *("property_state", "property_office", "property_owner", "partner_sought_vi", "partner_sought_en"),
        *("support_vi", "support_en", "investment_vi", "investment_en", "video"),
    )

    summary_vi = Paragraphs(_l("Summary in Vietnamese"), most=SUMMARY)
    summary_en = Paragraphs(_l("Summary in English"), most=SUMMARY)
    description_vi = Paragraphs(_l("Description in Vietnamese"))
    description_en = Paragraphs(_l("Description in English"))
    advantages_vi = Paragraphs(_l("Advantages in Vietnamese"), most=2000)
    advantages_en = Paragraphs(_l("Advantages in English"), most=2000)
    keywords_vi = Keywords(_l("Keywords in Vietnamese"))
    keywords_en = Keywords(_l("Keywords in English"))
    readiness = RadioField(
        _l("Technology readiness"),
        [Optional()],
        choices=choices_of(READINESS_CHOICES),
        coerce=_level,
        validate_choice=False,
    )
    stage = SelectField(
        _l("Stage of use"), choices=choices_of([("", _l("Not stated")), *words.STAGES.items()]), default=""
    )
    property_kind = SelectField(
        _l("Intellectual property"),
        choices=choices_of([("", _l("None stated")), *words.PROPERTY_KINDS.items()]),
        default="",
    )
    property_number = Line(_l("Number of the title"), most=60)
    price_kind = RadioField(_l("Price"), choices=choices_of(words.PRICE_KINDS.items()), default="by_agreement")
    price_low = StringField(_l("Price, or from"))
    price_high = StringField(_l("Up to"))
    price_currency = SelectField(_l("Currency"), choices=choices_of(CURRENCIES), default="VND")
    innovation_vi = Paragraphs(_l("What is new about it, in Vietnamese"), most=2000)
    innovation_en = Paragraphs(_l("What is new about it, in English"), most=2000)
    stage_year = Count(_l("In use since"), 1900, 2100)
    references_vi = Paragraphs(_l("References of use, in Vietnamese"), most=2000)
    references_en = Paragraphs(_l("References of use, in English"), most=2000)
    property_state = SelectField(
        _l("State of the title"),
        choices=choices_of([("", _l("Not stated")), *words.PROPERTY_STATES.items()]),
        default="",
    )
    property_office = Line(_l("Office that granted it"), most=60)
    property_owner = Line(_l("Owner of the title"))
    partner_sought_vi = Paragraphs(_l("Partner sought, in Vietnamese"), most=1000)
    partner_sought_en = Paragraphs(_l("Partner sought, in English"), most=1000)
    support_vi = Paragraphs(_l("Support offered, in Vietnamese"), most=1000)
    support_en = Paragraphs(_l("Support offered, in English"), most=1000)
    investment_vi = Paragraphs(_l("Investment and return, in Vietnamese"), most=1000)
    investment_en = Paragraphs(_l("Investment and return, in English"), most=1000)
    video = Web(_l("Video"))
    picture = FileField(_l("Picture"))  # the first one of a new record; afterwards they have a page of their own
    picture_digest = Kept()

    def __init__(self, record: Any = None, **given: Any) -> None:
        super().__init__(parts.whole(record), **given)

    def values_of(self, record: Any) -> dict[str, Any]:
        return super().values_of(parts.whole(record))

    def validate_price_low(self, field: StringField) -> None:
        if self.price_kind.data != "by_agreement" and self._read_amount(field) is None:
            raise ValidationError(_l("Type the amount."))

    def validate_price_high(self, field: StringField) -> None:
        if self.price_kind.data == "range":
            if self._read_amount(field) is None:
                raise ValidationError(_l("Type the amount."))
            self._check_upper(field)

    def validate_picture(self, field: FileField) -> None:
        keep_picture(field, self.picture_digest)

    def values(self) -> dict[str, Any]:
        values = super().values() | {"stage": self.stage.data or None}
        if self.price_kind.data == "by_agreement":
            return values | {"price_low": None, "price_high": None}
        return values | ({"price_high": values["price_low"]} if self.price_kind.data == "fixed" else {})


class NeedForm(RecordForm):
    """A technology that is looked for."""

    NEEDED = needs.NEEDED
    AMOUNTS, CURRENCY = ("budget_low", "budget_high"), "budget_currency"
    COLUMNS = (
        *("title_vi", "title_en", "problem_vi", "problem_en", "wanted_result_vi", "wanted_result_en"),
        *("lowest_readiness", "transfer_forms", "budget_currency", "deadline_on"),
    )
    FURTHER = (
        *("present_technology_vi", "present_technology_en", "constraints_vi", "constraints_en"),
        *("partner_sought_vi", "partner_sought_en"),
    )

    problem_vi = Paragraphs(_l("The problem, in Vietnamese"), most=2000)
    problem_en = Paragraphs(_l("The problem, in English"), most=2000)
    wanted_result_vi = Paragraphs(_l("The result wanted, in Vietnamese"), most=2000)
    wanted_result_en = Paragraphs(_l("The result wanted, in English"), most=2000)
    present_technology_vi = Paragraphs(_l("Present technology, in Vietnamese"), most=2000)
    present_technology_en = Paragraphs(_l("Present technology, in English"), most=2000)
    constraints_vi = Paragraphs(_l("Constraints, in Vietnamese"), most=2000)
    constraints_en = Paragraphs(_l("Constraints, in English"), most=2000)
    partner_sought_vi = Paragraphs(_l("Partner sought, in Vietnamese"), most=1000)
    partner_sought_en = Paragraphs(_l("Partner sought, in English"), most=1000)
    lowest_readiness = SelectField(
        _l("Lowest readiness that you take"), choices=choices_of([("", _l("Any")), *READINESS_CHOICES]), coerce=_level
    )
    budget_low = StringField(_l("Budget from"))
    budget_high = StringField(_l("Up to"))
    budget_currency = SelectField(_l("Currency"), choices=choices_of(CURRENCIES), default="VND")
    deadline_on = DateField(_l("Wanted by"), [Optional()])

    def validate_budget_low(self, field: StringField) -> None:
        self._read_amount(field)

    def validate_budget_high(self, field: StringField) -> None:
        self._check_upper(field)

    def validate_deadline_on(self, field: DateField) -> None:
        if field.data and field.data < clock.today(ZONE) and self.is_publishing:
            raise ValidationError(_l("This day is past. Choose a later one."))

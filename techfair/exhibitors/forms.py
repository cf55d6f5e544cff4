"""What a person may type about a company and its application. Records have their forms in record_forms.py."""

from secrets import token_urlsafe
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from techfair.core import clock
from techfair.core.fields import Kept, Line, Paragraphs, Ticks, Version, Web, choices_of, keep_picture
from techfair.core.languages import LANGUAGES, language
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.exhibitors import words
from techfair.exhibitors.models import Company
from techfair.exhibitors.tax_code import parse_tax_code
from techfair.fairs import provinces, sectors

MOST_SECTORS = 5
CHOOSE_SECTORS = _l("Choose one to five sectors.")
ZONE = "Asia/Ho_Chi_Minh"

# Columns of Company that a form carries, each under its own name.
COLUMNS = (
    *("name_vi", "name_en", "short_name", "kind", "country", "province_code", "tax_code", "foreign_number"),
    *("size", "ownership", "address", "website", "profile_vi", "profile_en", "language", "logo_digest"),
    *("contact_name", "contact_title_vi", "contact_title_en", "contact_email", "contact_phone", "contact_is_public"),
)


class CompanyFields(FlaskForm):
    """A company and whom to write to: what the first application asks for."""

    name_vi = Line(_l("Legal name"), needed=_l("Type the name as it stands in the business registration."))
    name_en = Line(_l("Name in English"))
    kind = SelectField(_l("Kind of organisation"), choices=choices_of(words.KINDS.items()))
    country = SelectField(_l("Country"), default="VN")
    tax_code = StringField(_l("Tax code"))
    foreign_number = Line(_l("Registration number abroad"), most=60)
    province_code = SelectField(_l("Province or city"))
    address = Line(_l("Address"))
    website = Web(_l("Website"))
    sectors = Ticks(_l("Sectors"))
    contact_name = Line(_l("Contact's full name"), most=120, needed=_l("Type the full name of the contact."))
    contact_email = StringField(_l("Contact's e-mail"))
    contact_phone = StringField(_l("Contact's phone"))
    contact_is_public = BooleanField(_l("Show the contact on our public page; the person agrees to this"))
    language = RadioField(_l("Language of our mail to you"), choices=choices_of(LANGUAGES.items()))
    logo = FileField(_l("Logo"))
    logo_digest = Kept()
    version = Version()

    def __init__(self, company: Company | None = None, **values: Any) -> None:
        super().__init__(data=values_of(company) | values)
        self.country.choices = choices_of(words.countries())
        self.sectors.choices = choices_of([(sector.key, sector.label) for sector in sectors.all_sectors()])
        listed = provinces.in_force(company.province_on if company else clock.today(ZONE))
        self.province_code.choices = choices_of([("", _l("Choose")), *((place.code, place.name) for place in listed)])
        self.language.data = self.language.data or language()

    def validate_tax_code(self, field: StringField) -> None:
        if self.is_home:
            parse_tax_code(field.data or "")

    def validate_province_code(self, field: SelectField) -> None:
        if self.is_home and not field.data:
            raise ValidationError(_l("Choose the province or city."))

    def validate_sectors(self, field: Ticks) -> None:
        if not 1 <= len(field.data or []) <= MOST_SECTORS:
            raise ValidationError(CHOOSE_SECTORS)

    def validate_contact_email(self, field: StringField) -> None:
        parse_mail_address(field.data or "")

    def validate_contact_phone(self, field: StringField) -> None:
        parse_phone(field.data or "")

    def validate_logo(self, field: FileField) -> None:
        keep_picture(field, self.logo_digest)

    @property
    def is_home(self) -> bool:
        return bool(self.country.data == "VN")

    def company_values(self) -> dict[str, Any]:
        """The columns of Company as they are stored, once the form is valid."""
        values = {name: field.data for name, field in self._fields.items() if name in COLUMNS}
        values["contact_email"] = parse_mail_address(self.contact_email.data or "").shown
        values["contact_phone"] = parse_phone(self.contact_phone.data or "")
        values["tax_code"] = parse_tax_code(self.tax_code.data or "") if self.is_home else None
        values["province_code"] = (self.province_code.data or None) if self.is_home else None
        values["foreign_number"] = None if self.is_home else self.foreign_number.data or None
        return values


class ApplicationForm(CompanyFields):
    """The company, its contact and what it will show: one page, sent once however often the button is pressed."""

    form_token = HiddenField()
    exhibits = Paragraphs(_l("What you will show"), most=1000, needed=_l("Say what you will show."))
    booth_wish = Line(_l("Wishes for the booth"))

    def __init__(self, company: Company | None = None, **values: Any) -> None:
        super().__init__(company, **values)
        self.form_token.data = (self.form_token.data or token_urlsafe(16))[:64]

    def application_values(self) -> dict[str, str]:
        return {"exhibits": self.exhibits.data or "", "booth_wish": self.booth_wish.data or ""}


class ProfileForm(CompanyFields):
    """All of a company's profile."""

    short_name = Line(_l("Short name"), most=80)
    size = SelectField(
        _l("Size of the company"), choices=choices_of([("", _l("Not stated")), *words.SIZES.items()]), default=""
    )
    ownership = SelectField(
        _l("Ownership"), choices=choices_of([("", _l("Not stated")), *words.OWNERSHIPS.items()]), default=""
    )
    profile_vi = Paragraphs(_l("About the company, in Vietnamese"), most=2000)
    profile_en = Paragraphs(_l("About the company, in English"), most=2000)
    contact_title_vi = Line(_l("Contact's position, in Vietnamese"), most=120)
    contact_title_en = Line(_l("Contact's position, in English"), most=120)

    def company_values(self) -> dict[str, Any]:
        return super().company_values() | {"size": self.size.data or None, "ownership": self.ownership.data or None}


def values_of(company: Company | None) -> dict[str, Any]:
    """What the form of a company starts from."""
    if company is None:
        return {}
    values = {name: getattr(company, name) or "" for name in COLUMNS}
    return values | {"version": company.version, "sectors": [row.sector for row in company.sectors]}


class JoinForm(FlaskForm):
    """Who asks the people of a company to be let in."""

    tax_code = StringField(_l("Tax code"))
    full_name = Line(_l("Full name"), most=120, needed=_l("Type your full name."))
    email = StringField(_l("E-mail"))

    def validate_tax_code(self, field: StringField) -> None:
        parse_tax_code(field.data or "")

    def validate_email(self, field: StringField) -> None:
        parse_mail_address(field.data or "")

    def wish(self) -> dict[str, str]:
        return {
            "tax_code": parse_tax_code(self.tax_code.data or ""),
            "email": parse_mail_address(self.email.data or "").shown,
            "full_name": self.full_name.data or "",
        }


class DecisionForm(FlaskForm):
    """An organizer's decision on an application."""

    reason = TextAreaField(_l("Reason, sent to the company"))
    booth_id = SelectField(_l("Booth"), coerce=lambda text: int(text) if text else None, validate_choice=False)

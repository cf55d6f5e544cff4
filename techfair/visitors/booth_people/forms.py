"""What is typed about staff, codes, guests and quotas."""

from secrets import token_urlsafe
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from techfair.core.fields import Count, Line
from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.exhibitors.models import Exhibitor
from techfair.fairs.words import BOOTH_CATEGORIES
from techfair.visitors.booth_people.models import EVERY
from techfair.visitors.booth_people.quotas import Quota
from techfair.visitors.forms import PersonForm
from techfair.visitors.registering import RegistrationInput

MOST = 500


class StaffForm(FlaskForm):
    """One of the exhibitor's people."""

    form_token = HiddenField()
    full_name = Line(_l("Full name"), most=120, needed=_l("Type the full name as it shall stand on the badge."))
    contact = Line(
        _l("E-mail or telephone number"), most=254, needed=_l("Type an e-mail address or a telephone number.")
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.form_token.data = (self.form_token.data or token_urlsafe(16))[:40]

    def validate_contact(self, field: StringField) -> None:
        (parse_mail_address if "@" in (field.data or "") else parse_phone)(field.data or "")

    def registration(self, exhibitor: Exhibitor) -> RegistrationInput:
        contact = self.contact.data or ""
        return RegistrationInput(
            full_name=self.full_name.data or "",
            organisation=exhibitor.company.name_vi[:200],
            email=contact if "@" in contact else None,
            phone=None if "@" in contact else contact,
            kind="exhibitor_staff",
            language=exhibitor.company.language,  # type: ignore[arg-type]
            form_token=f"staff-{exhibitor.id}-{self.form_token.data}",
        )


class CodeForm(FlaskForm):
    """A code for guests."""

    label = Line(_l("For whom"), most=80, needed=_l("Say for whom it is, so that you know it again."))
    places = Count(_l("How many guests"), 1, MOST, needed=_l("Type how many guests may come by it."))


class GuestForm(PersonForm):
    """A guest of an exhibitor: as anybody registers, with one word to the exhibitor more."""

    shares = BooleanField()


class _QuotaForm(FlaskForm):
    def quotas(self) -> dict[str, Quota]:
        """What was typed, by kind of booth."""
        return {
            key: Quota(*(self._fields[name].data or 0 for name in _names(key))) for key in (EVERY, *BOOTH_CATEGORIES)
        }


def _names(category: str) -> tuple[str, str]:
    return f"staff_{category or 'every'}", f"guests_{category or 'every'}"


def _fields() -> dict[str, Any]:
    labels = (_l("Staff"), _l("Guests"))
    names = [name for key in (EVERY, *BOOTH_CATEGORIES) for name in _names(key)]
    return {name: Count(labels[index % 2], 0, MOST) for index, name in enumerate(names)}


QuotaForm: Any = type("QuotaForm", (_QuotaForm,), _fields())


def quota_form(quotas: dict[str, Quota]) -> Any:
    """The form of a fair's quotas, filled with those that stand."""
    data = {
        name: number
        for key, quota in quotas.items()
        for name, number in zip(_names(key), (quota.staff, quota.guests), strict=True)
    }
    return QuotaForm(data=data)


def quota_rows(form: Any) -> list[tuple[Any, Any, Any]]:
    """The form by kinds of booth: what it is called, and its two fields."""
    words = {EVERY: _l("Every exhibitor, at least"), **BOOTH_CATEGORIES}
    return [(word, *(form[name] for name in _names(key))) for key, word in words.items()]

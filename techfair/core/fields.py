"""Kinds of fields that forms are made of: typed text is cleaned, pictures are judged and kept."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than the stubs
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from techfair.core import uploads
from techfair.core.files import DIGEST
from techfair.core.vietnamese import clean_line, clean_text

TOO_LONG = _l("This is longer than %(max)d characters.")


def choices_of(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a field offers, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


class Needed(InputRequired):
    """Must be filled in; also blanks alone are nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        if isinstance(field.data, str) and not field.data.strip():
            field.raw_data = []
        super().__call__(form, field)


class Line(StringField):
    """One line of text, cleaned; ``needed`` is what to say when it is empty."""

    def __init__(self, label: Any, most: int = 200, needed: Any = None, **options: Any) -> None:
        validators = [*([Needed(needed)] if needed else []), Length(max=most, message=TOO_LONG)]
        super().__init__(label, validators, filters=[lambda text: clean_line(text or "")], **options)


class Paragraphs(TextAreaField):
    """Text of several lines, cleaned."""

    def __init__(self, label: Any, most: int = 4000, needed: Any = None, **options: Any) -> None:
        validators = [*([Needed(needed)] if needed else []), Length(max=most, message=TOO_LONG)]
        super().__init__(label, validators, filters=[lambda text: clean_text(text or "")], **options)


class Day(DateField):
    """A day; ``needed`` is what to say when it is missing."""

    def __init__(self, label: Any, needed: Any = None, **options: Any) -> None:
        super().__init__(label, [Needed(needed) if needed else Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("This is no day of the calendar. Type it as day, month, year.")) from error


class Clock(TimeField):
    """A time of day; ``needed`` is what to say when it is missing."""

    def __init__(self, label: Any, needed: Any = None, **options: Any) -> None:
        super().__init__(label, [Needed(needed) if needed else Optional()], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Type the time as hours and minutes, for example 08:30.")) from error


class Count(IntegerField):
    """A whole number from ``least`` to ``most``; ``needed`` is what to say when it is missing."""

    def __init__(self, label: Any, least: int, most: int, needed: Any = None, **options: Any) -> None:
        told = _l("Type a whole number from %(least)s to %(most)s.", least=least, most=most)
        self.told = told
        super().__init__(label, [Needed(needed) if needed else Optional(), NumberRange(least, most, told)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self.told) from error


class Keywords(StringField):
    """Words between commas, as a list without doubles."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0]) if valuelist else ""
        words = (word.strip() for word in typed.replace(";", ",").split(","))
        self.data = list(dict.fromkeys(word[:60] for word in words if word))[:20]

    def _value(self) -> str:
        return ", ".join(self.data or [])


class Ticks(SelectMultipleField):
    """Several checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Web(Line):
    """A web address; only http and https lead anywhere from our pages."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.filters = [*self.filters, _with_scheme]

    def pre_validate(self, form: Any) -> None:
        parts = urlsplit(self.data or "")
        if self.data and (parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "")):
            raise ValidationError(_l("Type a web address, for example https://example.vn."))


def _with_scheme(address: str) -> str:
    return f"https://{address}" if address and "://" not in address else address


class Version(HiddenField):
    """The version of a record that its editor started from; 0 for a new one."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdecimal() else 0


class Kept(HiddenField):
    """The digest of a picture uploaded before, so that another field's mistake does not lose it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist and DIGEST.fullmatch(valuelist[0]) else None


def keep_picture(upload: FileField, kept: Kept) -> None:
    """Judge an upload by its content, draw it anew and keep it; raises UploadRefused."""
    if upload.data:
        picture = uploads.read_picture(upload.data)
        kept.data = current_app.extensions["files"].put_picture(picture)

"""What an organizer types beside the drawing: a table of booths, and the terms of a kind of booth."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, StringField
from wtforms.validators import ValidationError

from techfair.core.fields import Count, Line, Paragraphs
from techfair.core.languages import language
from techfair.core.money import format_amount, parse_amount
from techfair.core.spreadsheets import FILE_BYTES
from techfair.fairs.floor import listing
from techfair.fairs.floor.models import BOOTH_CATEGORIES
from techfair.fairs.floor.terms import SIZE


class TableForm(FlaskForm):
    """The file that holds the booths."""

    table = FileField(_l("The table (.xlsx or .csv)"))
    data_read: bytes = b""

    def validate_table(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))
        self.data_read = field.data.read(FILE_BYTES + 1)
        listing.read_booths(self.data_read, dict.fromkeys(BOOTH_CATEGORIES, SIZE))


class Amount(StringField):
    """An exact amount of đồng as people write it; nothing typed is None."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = parse_amount(self.typed, language()) if self.typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_amount(self.data, "VND", language(), "long")


class TermsForm(FlaskForm):
    """What a booth of one kind measures, costs and includes."""

    name_vi = Line(_l("What you call it, in Vietnamese"), most=60)
    name_en = Line(_l("What you call it, in English"), most=60)
    square_metres = Count(_l("Floor area"), 1, 10_000, needed=_l("Type the floor area."))
    width = Count(_l("Width on the plan"), 1, 50, needed=_l("Type the width."))
    height = Count(_l("Depth on the plan"), 1, 50, needed=_l("Type the depth."))
    price_vnd = Amount(_l("Price of one booth"))
    includes_vi = Paragraphs(_l("What is included, in Vietnamese"), most=1000)
    includes_en = Paragraphs(_l("What is included, in English"), most=1000)

    def terms_values(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}

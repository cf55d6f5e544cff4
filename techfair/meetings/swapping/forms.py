"""What a participant may say of a time in the draft."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired

from techfair.core.fields import Line, choices_of


class SwapForm(FlaskForm):
    """Why the time suits badly, and a better one."""

    note = Line(
        _l("Why it suits you badly"), 300, [InputRequired(_l("Say in a few words why; the organizer reads it."))]
    )
    slot = SelectField(_l("A time that suits you better"))

    def __init__(self, times: Iterable[tuple[str, Any]], said: Any) -> None:
        given = {"note": said.note, "slot": str(said.slot_id or "")} if said else {}
        super().__init__(data=given)
        self.slot.choices = choices_of([("", _l("Any other time")), *times])

    @property
    def slot_id(self) -> int | None:
        return int(self.slot.data) if self.slot.data else None

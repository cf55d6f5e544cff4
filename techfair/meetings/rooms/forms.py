"""A room with its tables, and when it is closed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import ValidationError

from techfair.core.fields import Count, Line, choices_of
from techfair.fairs.floor.models import Hall
from techfair.meetings.rooms.furnishing import MOST_TABLES, Described
from techfair.meetings.rooms.models import Room

SQUARES = 199  # a hall is no larger


class RoomForm(FlaskForm):
    """What a room is called, how many tables it has, where it lies on the plan."""

    name_vi = Line(_l("Name in Vietnamese"), 120, needed=_l("Type the name of the room."))
    name_en = Line(_l("Name in English"), 120)
    tables = Count(_l("Number of tables"), 0, MOST_TABLES, needed=_l("Type a number."))
    hall = SelectField(_l("On the floor plan"))
    x = Count(_l("Squares from the left"), 0, SQUARES)
    y = Count(_l("Squares from the top"), 0, SQUARES)

    def __init__(self, room: Room | None, tables: int, halls: Sequence[Hall]) -> None:
        given: dict[str, Any] = {"tables": tables, "hall": ""}
        if room is not None:
            given |= {name: getattr(room, name) for name in ("name_vi", "name_en", "x", "y")}
            given["hall"] = str(room.hall_id or "")
        super().__init__(data=given)
        self.halls = {str(hall.id): hall for hall in halls}
        listed = [(id, hall.name) for id, hall in self.halls.items()]
        self.hall.choices = choices_of([("", _l("Not on the plan")), *listed])

    def validate_x(self, field: Count) -> None:
        self._keep_inside(field, "columns")

    def validate_y(self, field: Count) -> None:
        self._keep_inside(field, "rows")

    def _keep_inside(self, field: Count, side: str) -> None:
        hall = self.halls.get(self.hall.data or "")
        if hall is None:
            return
        if field.data is None:
            raise ValidationError(_l("Type a number, for the walks to be counted."))
        if field.data >= getattr(hall, side):
            raise ValidationError(_l("The hall has %(count)s squares this way.", count=getattr(hall, side)))

    def described(self) -> Described:
        typed: Any = self
        return Described(
            name_vi=typed.name_vi.data,
            name_en=typed.name_en.data or "",
            hall_id=int(typed.hall.data) if typed.hall.data else None,
            x=typed.x.data,
            y=typed.y.data,
        )

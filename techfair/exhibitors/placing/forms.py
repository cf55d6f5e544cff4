"""What an exhibitor types about the booth it wants."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from techfair.core.fields import Count, Paragraphs, choices_of
from techfair.exhibitors.placing.models import BoothWish
from techfair.exhibitors.placing.plan import HallPlan
from techfair.fairs.words import BOOTH_CATEGORIES


class WishForm(FlaskForm):
    """What booth is wanted, for who knows the plan less well than the goods."""

    category = SelectField(
        _l("Kind of booth"), choices=choices_of([("", _l("Any kind")), *BOOTH_CATEGORIES.items()]), default=""
    )
    square_metres = Count(_l("Floor area at least"), 1, 10_000)
    hall_id = SelectField(_l("Hall"), default="")
    needs_power = BooleanField(_l("Next to power"))
    needs_water = BooleanField(_l("Next to water"))
    note = Paragraphs(_l("What else matters"), most=500)

    def __init__(self, wish: BoothWish | None, halls: list[HallPlan]) -> None:
        values = {} if wish is None else {"category": wish.category or "", "hall_id": str(wish.hall_id or "")}
        super().__init__(obj=wish, data=values)
        named = [(str(one.hall.id), one.hall.name) for one in halls]
        self.hall_id.choices = choices_of([("", _l("Any hall")), *named])

    def wish_values(self) -> dict[str, Any]:
        return {
            "category": self.category.data or None,
            "square_metres": self.square_metres.data,
            "hall_id": int(self.hall_id.data) if self.hall_id.data else None,
            "needs_power": bool(self.needs_power.data),
            "needs_water": bool(self.needs_water.data),
            "note": self.note.data or "",
        }

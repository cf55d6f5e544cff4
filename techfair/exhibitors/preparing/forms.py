"""What exhibitors say about their booth, and organizers about days."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import ValidationError

from techfair.core.fields import Count, Day, Line, Paragraphs, Version
from techfair.exhibitors.preparing.models import Preparation
from techfair.exhibitors.preparing.tasks import TASKS

LONGEST_FASCIA, MOST_WATTS = 40, 100_000
SAID = ("fascia_vi", "fascia_en", "power_watts", "needs_water", "deliveries", "has_no_deliveries")


class BoothForm(FlaskForm):
    """What the hall must know of a booth; everything may be said later."""

    fascia_vi = Line(_l("Name on the fascia, in Vietnamese"), most=LONGEST_FASCIA)
    fascia_en = Line(_l("Name on the fascia, in English"), most=LONGEST_FASCIA)
    power_watts = Count(_l("Electric power in watts, 0 for none"), 0, MOST_WATTS)
    needs_water = BooleanField(_l("Water and drain are needed"))
    deliveries = Paragraphs(_l("What is delivered to the hall, when, by which vehicle"), most=2000)
    has_no_deliveries = BooleanField(_l("Nothing is delivered: we bring everything ourselves"))
    version = Version()

    def __init__(self, said: Preparation, **values: Any) -> None:
        super().__init__(data={name: getattr(said, name) for name in (*SAID, "version")} | values)

    def validate_has_no_deliveries(self, field: BooleanField) -> None:
        if field.data and self.deliveries.data:
            raise ValidationError(_l("Deliveries are described above. Clear one of the two."))

    def said(self) -> dict[str, Any]:
        """What is typed, by column."""
        return {name: self._fields[name].data for name in SAID}


class _DueForm(FlaskForm):
    def dates(self) -> dict[str, Any]:
        return {task.key: self._fields[task.key].data for task in TASKS}


def due_form(dates: dict[str, Any]) -> Any:
    """By when each task is due, a field for each; made when asked for, once later rooms have added theirs."""
    return type("DueForm", (_DueForm,), {task.key: Day(task.label) for task in TASKS})(data=dates)

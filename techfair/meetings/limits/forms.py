"""How many meetings somebody has at most, and which of two comes first."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired

from techfair.core.fields import Count, choices_of

MOST = 200


class MostForm(FlaskForm):
    """What the organizer allows one participant."""

    allowed = Count(_l("Most meetings at this fair"), 1, MOST)


class OrderForm(FlaskForm):
    """Two meetings; the one comes before the other."""

    earlier = SelectField(_l("This meeting"), [InputRequired(_l("Choose the meeting."))])
    later = SelectField(_l("comes before"), [InputRequired(_l("Choose the meeting."))])

    def __init__(self, meetings: Sequence[tuple[int, str]], chosen: int | None = None, **options: Any) -> None:
        super().__init__(data={"earlier": str(chosen) if chosen else ""}, **options)
        listed = choices_of([("", _l("Choose a meeting")), *((str(id), name) for id, name in meetings)])
        self.earlier.choices = self.later.choices = listed

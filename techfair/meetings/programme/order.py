"""In which order the goals of a timetable count."""

from itertools import pairwise
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField

from techfair.core.fields import choices_of
from techfair.meetings.programme import words
from techfair.meetings.programme.models import GOALS

PLACES = (("", _l("does not count")), *((str(place), str(place)) for place in range(1, len(GOALS) + 1)))


def _place_of(name: str) -> SelectField:
    return SelectField(words.GOAL_WORDS[name], choices=choices_of(PLACES), default="")


class OrderForm(Form):
    """The place of each goal of a timetable; two cannot have the same, and some may not count at all."""

    weight, alone, gaps, wishes, times, walks, changes = map(_place_of, GOALS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each place once; before as many meetings as possible only nobody without one: no meeting, no idle time."""
        super().validate(extra_validators)
        placed = self.in_order()
        places = [self[name].data for name in placed]
        for before, name in pairwise(placed):
            if self[before].data == self[name].data:
                self[name].errors = [_l("Another goal has this place already.")]
        if "weight" not in placed:
            self.weight.errors = [_l("This must count: otherwise a timetable without meetings would be the best.")]
        else:
            for name in placed[: placed.index("weight")]:
                if name != "alone":
                    self[name].errors = [_l("This comes after as many meetings as possible.")]
        return not self.errors and len(places) == len(set(places))

    def in_order(self) -> list[str]:
        """The goals that count, the first first."""
        counting = [name for name in GOALS if self[name].data]
        return sorted(counting, key=lambda name: int(self[name].data))

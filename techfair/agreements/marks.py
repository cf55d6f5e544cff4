"""Reading what a person drew as their signature: strokes in a box of 600 by 200, told by the page."""

import json

from flask_babel import lazy_gettext as _l

from techfair.agreements.stamps import Mark
from techfair.core.refusal import InputRefused

WIDE, HIGH = 600, 200
MOST_POINTS, MOST_BYTES = 6_000, 150_000


class DrawingRefused(InputRefused):
    """What came is no drawing of ours."""

    def __init__(self) -> None:
        super().__init__(
            "not_a_drawing", _l("The drawing could not be read. Draw it again, or sign by your typed name.")
        )


def read_mark(strokes: str, typed: str) -> Mark:
    """The mark of a form: the drawing where there is one, else the typed name; raises DrawingRefused."""
    if not strokes:
        return Mark(typed=typed)
    try:
        told = json.loads(strokes if len(strokes) <= MOST_BYTES else "")
        drawn = [[(float(x), float(y)) for x, y in stroke] for stroke in told]
    except (TypeError, ValueError) as error:
        raise DrawingRefused from error
    points = [point for stroke in drawn for point in stroke]
    inside = all(-50 <= x <= WIDE + 50 and -50 <= y <= HIGH + 50 for x, y in points)
    if not points or len(points) > MOST_POINTS or not inside or not all(drawn):
        raise DrawingRefused
    return Mark(strokes=drawn)

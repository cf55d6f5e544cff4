"""The code on a citizen card (căn cước công dân): the name is read from it, and nothing else.

The identity number is never returned, kept in an error or logged: nobody here needs it, and what is not
held cannot leak.
"""

import re

from flask_babel import lazy_gettext as _l

from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line

SEPARATOR = "|"
NUMBER, NAME, FEWEST_FIELDS = 0, 2, 7  # newer cards append fields: read by position, ignore the rest


class CardRefused(InputRefused):
    """A code that is not of a citizen card; it carries nothing of what was read."""


def name_on_card(text: str) -> str:
    """The full name on the card, composed; raises CardRefused without repeating what was scanned."""
    fields = text.strip().split(SEPARATOR)
    is_card = len(fields) >= FEWEST_FIELDS and re.fullmatch(r"\d{12}", fields[NUMBER].strip(), re.ASCII)
    name = clean_line(fields[NAME].replace("\x00", "")) if is_card else ""
    if not name:
        raise CardRefused("not_a_citizen_card", _l("This is not the code of a citizen card. Type the name instead."))
    return name

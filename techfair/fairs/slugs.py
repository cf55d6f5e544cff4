"""The part of a fair's addresses that names it: short, without accents, the same for ever once it is public."""

import re

from techfair.core.vietnamese import search_key

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60
RESERVED = frozenset({"new"})  # /organizer/fairs/new is a page of its own


def is_slug(text: str) -> bool:
    return len(text) <= LONGEST and text not in RESERVED and SLUG.fullmatch(text) is not None


def of_name(name: str, year: int) -> str:
    """A slug to propose: the words of the name without accents, and the year.

    A name in another script has no such letters; then it is the year alone.
    """
    words = re.findall("[a-z0-9]+", search_key(name))
    kept: list[str] = []
    for word in words:
        if len("-".join([*kept, word])) > LONGEST - 10:
            break
        kept.append(word)
    return "-".join([*kept, str(year)] if str(year) not in kept else kept)

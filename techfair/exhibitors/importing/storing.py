"""What an import does: new records become drafts, known ones change, and the same file again does nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from techfair.accounts.models import User
from techfair.core.database import alone
from techfair.exhibitors import needs, technologies
from techfair.exhibitors.importing.judging import Listed

IMPORT_LOCK = 7_301_041  # so that a button pressed twice imports once: the second judges what the first stored
DEEDS: dict[str, Any] = {"technologies": technologies, "needs": needs}


def one_at_a_time() -> None:
    """Ask for it before a file is judged that is going to be stored."""
    alone(IMPORT_LOCK)


def chosen(listed: Iterable[Listed], rows: Iterable[int] | None) -> list[Listed]:
    """The good ones among the rows of these numbers; without numbers all good ones that the file does not hide."""
    if rows is None:
        return [one for one in listed if one.is_chosen]
    wanted = set(rows)
    return [one for one in listed if one.is_good and one.number in wanted]


def store(folder: str, listed: Sequence[Listed], by: User) -> tuple[int, int]:
    """Make the drafts and the changes; how many of each."""
    for one in listed:
        if one.record is None and one.company is not None:
            DEEDS[folder].create(one.company, by, one.sectors, **one.values)
        elif one.record is not None:
            DEEDS[folder].change(one.record, by, one.record.version, one.sectors, **one.values)
    updated = sum(one.record is not None for one in listed)
    return len(listed) - updated, updated

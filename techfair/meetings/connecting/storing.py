"""What importing connections does: each good row is a confirmed connection; companies nobody knew are noted."""

from collections.abc import Sequence

from techfair.accounts.models import User
from techfair.core.database import alone
from techfair.core.vietnamese import search_key
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company
from techfair.fairs.models import Fair
from techfair.meetings import connections
from techfair.meetings.connecting.listing import ListedConnection, country_of_new

IMPORT_LOCK = 7_301_044  # so that a button pressed twice imports once: the second judges what the first stored


def one_at_a_time() -> None:
    """Ask for it before a file is judged that is going to be stored."""
    alone(IMPORT_LOCK)


def chosen(listed: Sequence[ListedConnection], rows: Sequence[int] | None) -> list[ListedConnection]:
    """The good ones among the rows of these numbers; without numbers all good ones that the file does not hide."""
    if rows is None:
        return [one for one in listed if one.is_chosen]
    return [one for one in listed if one.is_good and one.number in set(rows)]


def store(fair: Fair, listed: Sequence[ListedConnection], by: User) -> int:
    """Note and confirm these connections with what proves each; how many."""
    noted: dict[str, Company] = {}
    for one in listed:
        made = connections.propose(
            fair,
            _company(one, "one", noted, by),
            _company(one, "other", noted, by),
            one.cells["subject"],
            by,
            source=one.source,
            sector=one.sector,
            arose_on=one.arose_on,
            partner_country=one.partner_country,
        )
        connections.confirm(made, by, one.cells["evidence"])
    return len(listed)


def _company(one: ListedConnection, side: str, noted: dict[str, Company], by: User) -> Company:
    known = one.companies[side]
    if known is not None:
        return known
    key = search_key(one.cells[side])
    if key not in noted:
        noted[key] = companies.note(one.cells[side], country_of_new(one, side), by)
    return noted[key]

"""What technologies and needs have in common: kept as drafts, published once they say enough, never undone."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.exhibitors import companies, searching
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.displays import deeds as displays
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, NeedSector, Technology, TechnologySector
from techfair.extensions import db

Record = Technology | Need

SECTORS = {Technology: TechnologySector, Need: NeedSector}
KEYS: dict[type, Callable[[Any], str]] = {Technology: searching.of_technology, Need: searching.of_need}


class RecordIncomplete(TechfairError):
    """Readers could not judge it yet; ``missing`` names the fields."""

    code, status = "record_incomplete", 422
    message = _l("Some fields that readers need are still empty.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = list(missing)


def create(record: Record, company: Company, by: User, sectors: Sequence[str]) -> None:
    """Store a new draft of a company."""
    record.company_id = company.id
    record.public_ref = searching.new_ref(record.title_vi)
    _set_sectors(record, sectors)
    record.search_key = KEYS[type(record)](record)
    db.session.add(record)
    audit.record(f"{record.__tablename__}.created", record, by=by)


def change(
    record: Record,
    by: User,
    version: int,
    sectors: Sequence[str],
    values: dict[str, Any],
    *,
    beside: Sequence[str] = (),
) -> list[str]:
    """Save what changed and answer the names of those fields; raises ChangedMeanwhile.

    ``version`` is the one its editor started from; ``beside`` names what changed outside the record's own table.
    """
    if version != record.version:
        raise ChangedMeanwhile
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    changed += beside
    if set(sectors) != {row.sector for row in record.sectors}:
        _set_sectors(record, sectors)
        changed.append("sectors")
    if changed:
        record.search_key = KEYS[type(record)](record)
        record.version += 1  # also where only its sectors changed, which are rows of their own
        companies.flush_or_tell()
        if record.state == "published":
            keeping.keep(record)
        audit.record(f"{record.__tablename__}.changed", record, by=by, fields=changed)
    return changed


def publish(record: Record, by: User, missing: Sequence[str]) -> None:
    """Show it to everyone; raises RecordIncomplete, and StepSkipped from a state that has no such step."""
    if missing:
        raise RecordIncomplete(missing)
    is_new = record.published_at is None
    record.move_to("published")
    record.published_at = record.published_at or clock.now()
    keeping.keep(record)
    if is_new:
        displays.leave_out_new(record)
    audit.record(f"{record.__tablename__}.published", record, by=by)


def archive(record: Record, by: User) -> None:
    """Take it out of the catalogue; it can be published again."""
    record.move_to("archived")
    keeping.keep(record)
    audit.record(f"{record.__tablename__}.archived", record, by=by)


def _set_sectors(record: Any, sectors: Sequence[str]) -> None:
    row = SECTORS[type(record)]
    record.sectors = [row(sector=sector) for sector in sectors]

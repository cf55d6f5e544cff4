"""Technologies that companies offer: one record, however many fairs show it."""

from collections.abc import Sequence
from typing import Any

from techfair.accounts.models import User
from techfair.exhibitors import records
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Technology

NEEDED = ("title_vi", "summary_vi", "readiness", "transfer_forms", "sectors")  # before readers see it


def create(company: Company, by: User, sectors: Sequence[str], **values: Any) -> Technology:
    """A draft of an offer; ``values`` are columns of Technology."""
    technology = Technology(**values)
    records.create(technology, company, by, sectors)
    return technology


def change(technology: Technology, by: User, version: int, sectors: Sequence[str], **values: Any) -> list[str]:
    """Save what changed and answer the names of those fields; raises ChangedMeanwhile.

    A published one stays published: this program's fairs do not review offers yet. What the company keeps back
    goes where that is kept.
    """
    public, changed = parts.divided(technology, values)
    return records.change(technology, by, version, sectors, public, beside=changed)


def publish(technology: Technology, by: User) -> None:
    """Show an offer to everyone; raises records.RecordIncomplete, StepSkipped."""
    records.publish(technology, by, missing(technology))


def archive(technology: Technology, by: User) -> None:
    records.archive(technology, by)


def missing(technology: Technology) -> list[str]:
    """The fields that a reader needs and that are still empty."""
    return [name for name in NEEDED if not getattr(technology, name)]

"""Needs: technologies that companies look for, and problems they want solved."""

from collections.abc import Sequence
from typing import Any

from techfair.accounts.models import User
from techfair.exhibitors import records
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need

NEEDED = ("title_vi", "problem_vi", "wanted_result_vi", "sectors")  # before readers see it


def create(company: Company, by: User, sectors: Sequence[str], **values: Any) -> Need:
    """A draft of a need; ``values`` are columns of Need."""
    need = Need(**values)
    records.create(need, company, by, sectors)
    return need


def change(need: Need, by: User, version: int, sectors: Sequence[str], **values: Any) -> list[str]:
    """Save what changed and answer the names of those fields; raises ChangedMeanwhile."""
    return records.change(need, by, version, sectors, values)


def publish(need: Need, by: User) -> None:
    """Show a need to everyone; raises records.RecordIncomplete, StepSkipped."""
    records.publish(need, by, missing(need))


def archive(need: Need, by: User) -> None:
    records.archive(need, by)


def missing(need: Need) -> list[str]:
    """The fields that a reader needs and that are still empty."""
    return [name for name in NEEDED if not getattr(need, name)]

"""The tasks of an exhibitor, each with how one sees that it is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from techfair.core.in_order import InOrder
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.preparing.models import Preparation


@dataclass(frozen=True)
class Facts:
    """What is known of an exhibitor when its tasks are looked at."""

    company: Company
    published: int  # technologies
    said: Preparation | None
    further: Mapping[str, Any] = field(default_factory=dict)  # what tasks of later rooms read, by the task's key


@dataclass(frozen=True)
class Task:
    """One thing to do, in a few words and in one; ``endpoint`` is the exhibitor's page where it is done.

    A later room's task may ``read`` what it must know of many exhibitors at once, by their ids: its part of the facts.
    """

    key: str
    short: Any
    label: Any
    endpoint: str
    is_done: Callable[[Facts], bool]
    concerns: Callable[[Facts], bool] = lambda facts: True
    read: Callable[[Sequence[Exhibitor]], Mapping[int, Any]] | None = None


@dataclass(frozen=True)
class Item:
    """A task of one exhibitor: done or not, and by when."""

    task: Task
    is_done: bool
    due_on: date | None

    def is_late(self, today: date) -> bool:
        return not self.is_done and self.due_on is not None and self.due_on < today


def _has_said(facts: Facts, *names: str) -> bool:
    return facts.said is not None and all(getattr(facts.said, name) for name in names)


TASKS: InOrder[Task] = InOrder()

TASKS.add(
    Task("logo", _l("Logo"), _l("Logo"), "exhibitor_own.profile", lambda facts: bool(facts.company.logo_digest)),
    order=10,
)
TASKS.add(
    Task(
        "profile",
        _l("Profile"),
        _l("About the company, in Vietnamese and English"),
        "exhibitor_own.profile",
        lambda facts: bool(facts.company.profile_vi and facts.company.profile_en),
    ),
    order=20,
)
TASKS.add(
    Task(
        "technology",
        _l("Technology"),
        _l("One published technology"),
        "exhibitor_own.technologies",
        lambda facts: facts.published > 0,
    ),
    order=30,
)
TASKS.add(
    Task(
        "fascia",
        _l("Fascia"),
        _l("Name on the booth’s fascia, in Vietnamese and English"),
        "own_preparing.booth",
        lambda facts: _has_said(facts, "fascia_vi", "fascia_en"),
    ),
    order=40,
)
TASKS.add(
    Task(
        "power",
        _l("Power and water"),
        _l("Electric power and water"),
        "own_preparing.booth",
        lambda facts: facts.said is not None and facts.said.power_watts is not None,
    ),
    order=50,
)
TASKS.add(
    Task(
        "deliveries",
        _l("Deliveries"),
        _l("Deliveries to the hall"),
        "own_preparing.booth",
        lambda facts: _has_said(facts, "deliveries") or _has_said(facts, "has_no_deliveries"),
    ),
    order=60,
)


def of(facts: Facts, due: Mapping[str, date]) -> list[Item]:
    """All tasks that concern an exhibitor, in their order."""
    return [Item(task, task.is_done(facts), due.get(task.key)) for task in TASKS if task.concerns(facts)]


def percent(items: list[Item]) -> int:
    """How much is done, in whole per cent, rounded down: 100 only when all is."""
    return 100 * sum(item.is_done for item in items) // len(items)

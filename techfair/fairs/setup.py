"""What a new fair still needs before people can come; every room names its own steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core.in_order import InOrder
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Activity, Fair

Check = Callable[[Fair], bool]


@dataclass(frozen=True)
class Step:
    """One thing a fair needs, and the page where it is done."""

    key: str
    label: Any
    endpoint: str
    check: Check
    is_optional: bool


@dataclass(frozen=True)
class Item:
    """A step as a page shows it for one fair."""

    key: str
    label: Any
    done: bool
    url: str
    is_optional: bool


_steps: InOrder[Step] = InOrder()


def step(key: str, label: Any, order: int, endpoint: str, *, is_optional: bool = False) -> Callable[[Check], Check]:
    """Register ``(fair) -> bool``: whether the step is done. ``endpoint`` takes the fair's slug.

    An optional step is shown while others are missing, and never missed by itself.
    """

    def register(check: Check) -> Check:
        _steps.add(Step(key, label, endpoint, check, is_optional), order)
        return check

    return register


def items(fair: Fair) -> list[Item]:
    """All steps in their order, done or not."""
    return [
        Item(one.key, one.label, one.check(fair), url_for(one.endpoint, slug=fair.slug), one.is_optional)
        for one in _steps
    ]


@step("programme", _l("An activity in the programme"), 10, "fair_console.programme")
def has_activity(fair: Fair) -> bool:
    return _has(Activity, fair)


@step("booths", _l("A hall with booths"), 20, "fair_console.halls")
def has_booths(fair: Fair) -> bool:
    return _has(Booth, fair)


@step("published", _l("Publish the fair"), 40, "fair_console.settings")
def is_published(fair: Fair) -> bool:
    return fair.is_public


def _has(model: Any, fair: Fair) -> bool:
    return db.session.scalar(select(model.id).filter_by(fair_id=fair.id).limit(1)) is not None

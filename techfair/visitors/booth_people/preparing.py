"""The task of naming staff, in the exhibitors' checklist: done as soon as somebody is named."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.preparing.tasks import TASKS, Facts, Task
from techfair.visitors.booth_people import quotas

KEY = "staff"


def _read(exhibitors: Sequence[Exhibitor]) -> Mapping[int, Any]:
    """Of each: how many it may name and how many it named."""
    allowed = quotas.of(exhibitors)
    may = [id for id, quota in allowed.items() if quota.staff]
    named = quotas.staff_counts(may) if may else {}
    return {id: (allowed[id].staff, named.get(id, 0)) for id in may}


def _concerns(facts: Facts) -> bool:
    return facts.further.get(KEY) is not None


def _is_done(facts: Facts) -> bool:
    return bool(facts.further[KEY][1])


TASKS.add(
    Task(KEY, _l("Staff badges"), _l("Badges for your staff"), "booth_people.staff_list", _is_done, _concerns, _read),
    order=70,
)

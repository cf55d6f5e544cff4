"""What waits for the organizers of a fair, in words, and where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import ngettext
from flask_login import current_user

from techfair.core import access
from techfair.core.formats import format_number
from techfair.core.languages import language
from techfair.fairs.models import Fair
from techfair.organizers import queries


@dataclass(frozen=True)
class Task:
    """Something that waits, as a page shows it."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Kind:
    """A kind of task: who may do it, its page, and its words for a number."""

    key: str
    grant: str
    icon: str
    endpoint: str
    say: Callable[[int, str], str]
    shown: dict[str, Any] = field(default_factory=dict)


KINDS = (  # the most urgent first
    Kind(
        "devices",
        "gates",
        "wifi-off",
        "gate_console.index",
        lambda num, shown: ngettext(
            "%(count)s device without contact for ten minutes",
            "%(count)s devices without contact for ten minutes",
            num,
            count=shown,
        ),
    ),
    Kind(
        "conflicts",
        "gates",
        "git-compare",
        "device_console.listing",
        lambda num, shown: ngettext(
            "%(count)s conflict between gates to explain",
            "%(count)s conflicts between gates to explain",
            num,
            count=shown,
        ),
    ),
    Kind(
        "applications",
        "exhibitors",
        "store",
        "exhibitor_console.listing",
        lambda num, shown: ngettext(
            "%(count)s application to decide on", "%(count)s applications to decide on", num, count=shown
        ),
        {"state": "submitted"},
    ),
    Kind(
        "booths_asked_for",
        "exhibitors",
        "map-pin",
        "exhibitor_console.booth_requests",
        lambda num, shown: ngettext(
            "%(count)s booth asked for by exhibitors", "%(count)s booths asked for by exhibitors", num, count=shown
        ),
    ),
    Kind(
        "failed_mails",
        "settings",
        "mail",
        "mail.index",
        lambda num, shown: ngettext(
            "%(count)s mail that could not be sent", "%(count)s mails that could not be sent", num, count=shown
        ),
        {"state": "failed"},
    ),
    Kind(
        "meetings",
        "meetings",
        "calendar-clock",
        "meeting_console.index",
        lambda num, shown: ngettext(
            "%(count)s meeting without a time", "%(count)s meetings without a time", num, count=shown
        ),
        {"state": "agreed"},
    ),
    Kind(
        "documents",
        "agreements",
        "file-signature",
        "agreement_console.registers",
        lambda num, shown: ngettext(
            "%(count)s document not yet signed by all", "%(count)s documents not yet signed by all", num, count=shown
        ),
    ),
    Kind(
        "connections",
        "meetings",
        "network",
        "connection_console.index",
        lambda num, shown: ngettext(
            "%(count)s connection to confirm", "%(count)s connections to confirm", num, count=shown
        ),
        {"state": "proposed"},
    ),
    Kind(
        "registrations",
        "visitors",
        "user-check",
        "approval_console.index",
        lambda num, shown: ngettext(
            "%(count)s registration to approve", "%(count)s registrations to approve", num, count=shown
        ),
    ),
    Kind(
        "duplicates",
        "visitors",
        "merge",
        "visitor_console.index",
        lambda num, shown: ngettext(
            "%(count)s person perhaps registered twice", "%(count)s people perhaps registered twice", num, count=shown
        ),
        {"duplicates": 1},
    ),
)


def of(fair: Fair, applications: int) -> Iterator[Task]:
    """What waits and the present user may do. Silent devices matter only while the fair runs."""
    counts = queries.waiting(fair) | {"applications": applications}
    if fair.phase != "running":
        counts["devices"] = 0
    for kind in KINDS:
        count = counts[kind.key]
        if count and access.may(current_user, fair, kind.grant):
            address = url_for(kind.endpoint, slug=fair.slug, **kind.shown)
            yield Task(kind.say(count, format_number(count, language())), address, kind.icon)

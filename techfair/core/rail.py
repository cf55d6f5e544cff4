"""The rail beside the pages of those who work; every room puts its own places into it."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_login import current_user

from techfair.core import access
from techfair.core.in_order import InOrder


@dataclass(frozen=True)
class Entry:
    """One place in a rail. It is the present one on pages whose ``g.rail_key``, else their blueprint, is ``key``."""

    key: str
    label: Any
    icon: str
    endpoint: str

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        return bool(g.get("rail_key", request.blueprint) == self.key)


@dataclass(frozen=True)
class ConsoleEntry(Entry):
    """One room in the rail of a fair's console; shown to those who may do ``grant`` to the fair."""

    grant: str

    @property
    def url(self) -> str:
        return url_for(self.endpoint, slug=g.fair.slug)


_console: InOrder[ConsoleEntry] = InOrder()


def console_entry(key: str, label: Any, icon: str, endpoint: str, *, grant: str, order: int) -> None:
    """Put a room's entry into the rail of the organizer's console."""
    _console.add(ConsoleEntry(key, label, icon, endpoint, grant), order)


def present() -> list[Entry]:
    """The rail of this page: the one it was given as ``g.rail``, else what the user may do in the fair's console."""
    if "rail" in g:
        given: list[Entry] = g.rail
        return given
    fair = g.get("fair")
    return [entry for entry in _console if access.may(current_user, fair, entry.grant)] if fair is not None else []

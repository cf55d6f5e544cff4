"""Where others stand on the page of a person's data: what they hold about them, in a part of their own."""

from collections.abc import Callable
from typing import Any

from techfair.fairs.front import Part
from techfair.visitors.models import Registration

Show = Callable[[Registration], dict[str, Any]]
_parts: list[tuple[str, Show]] = []


def part(template: str) -> Callable[[Show], Show]:
    """Register ``(registration) -> context`` for a template that reads it as ``shown``."""

    def register(show: Show) -> Show:
        _parts.append((template, show))
        return show

    return register


def parts(registration: Registration) -> list[Part]:
    return [Part(template, show(registration)) for template, show in _parts]

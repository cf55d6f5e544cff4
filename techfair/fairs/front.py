"""What other rooms show on a fair's first page: what one may do, what is counted, sections of their own."""

from dataclasses import dataclass, field
from typing import Any

from techfair.core.in_order import Additions
from techfair.fairs.models import Fair


@dataclass(frozen=True)
class Action:
    """A button of the first screen; the first that applies is the main one."""

    label: Any
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of the first screen, as people read it, and the page with its rows."""

    value: str
    label: Any
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A section below the first screen: its template, which sees ``part`` and ``fair``, and its values."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstStep:
    """What a new installation needs before it has a fair to show."""

    title: Any
    why: Any
    label: Any
    url: str
    icon: str


actions: Additions[[Fair], Action] = Additions()  # what a visitor of the page may do now, the main one first
figures: Additions[[Fair], Figure] = Additions()
parts: Additions[[Fair], Part] = Additions()
first_steps: Additions[[], FirstStep] = Additions()  # stands at ``/`` instead of a fair while something is missing

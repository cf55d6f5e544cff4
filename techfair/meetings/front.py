"""Where rooms to the right stand beside a meeting: what may come of it."""

from collections.abc import Callable

from techfair.exhibitors.front import Action
from techfair.meetings.models import Meeting

Outcome = Callable[[Meeting], Action | None]
_outcomes: list[tuple[int, Outcome]] = []


def outcome(order: int) -> Callable[[Outcome], Outcome]:
    """Register ``(meeting) -> Action or None`` for an exhibitor's own meetings, the lowest order first."""

    def register(offer: Outcome) -> Outcome:
        _outcomes.append((order, offer))
        return offer

    return register


def outcomes(meeting: Meeting) -> list[Action]:
    """What an exhibitor may make of a meeting."""
    made = [offer(meeting) for _, offer in sorted(_outcomes, key=lambda pair: pair[0])]
    return [one for one in made if one is not None]

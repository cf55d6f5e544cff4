"""Where rooms to the right stand beside a meeting: what may come of it."""

from collections.abc import Callable

from techfair.exhibitors.front import Action
from techfair.meetings.models import Connection, Meeting

Outcome = Callable[[Meeting], Action | None]
_outcomes: list[tuple[int, Outcome]] = []
Following = Callable[[Connection], Action | None]
_followings: list[Following] = []


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


def following(offer: Following) -> Following:
    """Register ``(connection) -> Action or None``: what may follow a confirmed connection of an exhibitor."""
    _followings.append(offer)
    return offer


def followings(connection: Connection) -> list[Action]:
    """What an exhibitor may make of a connection that both sides have confirmed."""
    if connection.state != "confirmed":
        return []
    return [action for offer in _followings if (action := offer(connection)) is not None]

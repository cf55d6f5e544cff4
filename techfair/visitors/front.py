"""Where other rooms stand on a visitor's own page: what else is theirs."""

from collections.abc import Callable

from techfair.fairs.front import Action
from techfair.visitors.models import Registration

Offer = Callable[[Registration], Action | None]
_offers: list[tuple[int, Offer]] = []


def own_action(order: int) -> Callable[[Offer], Offer]:
    """Register ``(registration) -> Action or None`` for the page of a mailed link, the lowest order first."""

    def register(offer: Offer) -> Offer:
        _offers.append((order, offer))
        return offer

    return register


def own_actions(registration: Registration) -> list[Action]:
    """Where a visitor goes from their own page."""
    made = [offer(registration) for _, offer in sorted(_offers, key=lambda pair: pair[0])]
    return [one for one in made if one is not None]

"""Naming a delegation's people: one by one or from a list; each gets a badge, and nobody is mailed unasked."""

from collections.abc import Sequence
from typing import Any

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import importing, registering
from techfair.visitors.listing import ListedPerson
from techfair.visitors.models import Delegation, Registration
from techfair.visitors.registering import RegistrationInput

MOST = 500  # people of one delegation: a mistyped list, or somebody's joke, does not fill the fair


def kind_of(delegation: Delegation) -> str:
    """Who was invited comes as a delegate, a group of its own wish as visitors; nobody names himself a VIP."""
    return "visitor" if delegation.is_own_wish else "delegate"


def name_one(delegation: Delegation, fair: Fair, **values: Any) -> Registration:
    """Add a person, who is mailed the badge where an address is given."""
    given = RegistrationInput(
        **{"organisation": delegation.body} | {name: value for name, value in values.items() if value},
        kind=kind_of(delegation),
        province_code=delegation.province_code,
        delegation_id=delegation.id,
        days=tuple(delegation.days or ()) or None,
        language=delegation.language,
    )
    return registering.register(fair, given, by="delegation")


def name_all(delegation: Delegation, fair: Fair, people: Sequence[ListedPerson]) -> int:
    """Add everyone of a judged list, and answer how many are new; the same list twice adds nobody twice."""
    common = {
        "kind": kind_of(delegation),
        "province_code": delegation.province_code,
        "delegation_id": delegation.id,
        "days": tuple(delegation.days or ()) or None,
        "language": delegation.language,
    }
    new = importing.register_all(fair, people, organisation=delegation.body, **common)
    audit.record("delegation.named", delegation, by="delegation", number=new)
    return new


def take_off(delegation: Delegation, person: Registration) -> None:
    """A person who does not come after all; the badge ends. Raises StepSkipped."""
    registering.cancel(person, "delegation", delegation.body)
    db.session.flush()

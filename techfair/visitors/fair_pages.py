"""What this room adds to a fair's own pages."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from techfair.fairs import front, setup
from techfair.fairs.models import Fair
from techfair.visitors import gates


@front.actions.add(10)
def register(fair: Fair) -> front.Action | None:
    """What most people come for before and during the fair."""
    if not fair.takes_registrations:
        return None
    return front.Action(_l("Register to visit"), url_for("visitors.register", slug=fair.slug), "ticket")


@setup.step("entrance", _l("An entrance gate"), 30, "gate_console.index")
def has_entrance(fair: Fair) -> bool:
    return gates.has_entrance(fair)


@setup.step("registration", _l("Open registration"), 50, "fair_console.settings")
def has_open_registration(fair: Fair) -> bool:
    return fair.registration_is_open

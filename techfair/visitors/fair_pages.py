"""What this room adds to a fair's own pages."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from techfair.fairs import front
from techfair.fairs.models import Fair


@front.action(10)
def register(fair: Fair) -> front.Action | None:
    """What most people come for before and during the fair."""
    if not fair.takes_registrations:
        return None
    return front.Action(_l("Register to visit"), url_for("visitors.register", slug=fair.slug), "ticket")

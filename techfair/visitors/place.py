"""Where the organizer's pages of visitors stand: the fair of their address, and their entry in the rail."""

from flask import g

from techfair.core import access, pages
from techfair.fairs.models import Fair


def fair_of(slug: str) -> Fair:
    """The fair of an address, for those who look after its visitors; 404 for everybody else."""
    fair = access.fetch(Fair, slug=slug, to="visitors")
    pages.show(fair)
    g.rail_key = "visitor_console"
    return fair

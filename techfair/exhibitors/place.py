"""Where the organizer's pages of exhibitors stand: the fair of their address, and their entry in the rail."""

from flask import g

from techfair.core import access, pages
from techfair.fairs.models import Fair


def fair_of(slug: str, to: str = "exhibitors") -> Fair:
    """The fair of an address, for those who may do ``to`` at it; 404 for everybody else."""
    fair = access.fetch(Fair, slug=slug, to=to)
    pages.show(fair)
    g.rail_key = "exhibitor_console"
    return fair

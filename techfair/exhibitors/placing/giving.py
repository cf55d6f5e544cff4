"""A booth given by the organizer: the exhibitor is told which, and which it no longer has."""

from typing import Any

from techfair.exhibitors import booths, letters
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing.requests import OWN_PAGE
from techfair.fairs.floor.models import Booth


def give(exhibitor: Exhibitor, booth: Booth, by: Any, *, instead_of: str = "") -> BoothAssignment:
    """Give a booth and write to its exhibitor; raises booths.BoothTaken, booths.BoothUnusable."""
    given = booths.assign(exhibitor, booth, by)
    letters.tell_exhibitor(exhibitor, "booth_assigned", OWN_PAGE, booth=booth, instead_of=instead_of)
    return given

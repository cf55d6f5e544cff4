"""Where rooms to the right stand beside a meeting: what may come of it."""

from techfair.core.in_order import Additions
from techfair.fairs.front import Action
from techfair.meetings.models import Connection, Meeting

outcomes: Additions[[Meeting], Action] = Additions()  # what an exhibitor may make of a meeting
followings: Additions[[Connection], Action] = Additions()  # … and of a connection that both sides have confirmed

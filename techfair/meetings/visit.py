"""Asking for a meeting by one tap at an exhibitor, beside a visitor's other buttons there."""

from datetime import datetime

from flask_babel import gettext as _

from techfair.exhibitors.models import Exhibitor
from techfair.fairs.front import Part
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests, slots
from techfair.meetings.requests import Wish
from techfair.visitors.leads import taps
from techfair.visitors.models import Registration


@taps.forms.add(10)
def form(person: Registration, exhibitor: Exhibitor) -> Part | None:
    """The form of the wish, or that one is open already."""
    if not slots.takes_requests(exhibitor.fair_id):
        return None
    sides = participants.known_registration(person), participants.known_exhibitor(exhibitor)
    is_open = bool(sides[0] and sides[1] and requests.open_between(sides[0], sides[1]))
    return Part("meetings/_visit.html", {"is_open": is_open})


@taps.forms_without_network.add(10)
def form_without_network(fair: Fair) -> Part | None:
    return Part("meetings/_visit_offline.html", {}) if slots.takes_requests(fair.id) else None


@taps.deed("meet")
def ask(person: Registration, exhibitor: Exhibitor, text: str, at: datetime) -> str:
    """Ask the exhibitor for a meeting, as the visitor and at the time of the tap."""
    requests.ask(*participants.pair(person, exhibitor), "visitor", Wish(text), at=at)
    return str(_("Your request is sent. You are told by mail when it is answered."))

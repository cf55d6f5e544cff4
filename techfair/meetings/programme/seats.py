"""Who acts on the pages that exhibitors and registered people have alike, and the two addresses of each page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from flask import Blueprint, abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from techfair.core import access
from techfair.exhibitors import front, own
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants
from techfair.meetings.models import Participant
from techfair.meetings.programme.models import MeetingProfile
from techfair.visitors import own as visitor_own
from techfair.visitors.models import Registration

exhibitor_bp = access.signed_in(Blueprint("exhibitor_programme", __name__, url_prefix="/exhibitor/meetings"))
visitor_bp = access.by_token(Blueprint("visitor_programme", __name__, url_prefix="/me/meetings"))
View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Seat:
    """The exhibitor for whom a signed-in person acts, or the person of a mailed link, at their fair."""

    party: Exhibitor | Registration
    fair: Fair
    by: Any
    place: str  # "exhibitor" or "visitor"

    @property
    def is_exhibitor(self) -> bool:
        return self.place == "exhibitor"

    @cached_property
    def participant(self) -> Participant | None:
        """As what they take part; None before the first wish."""
        if isinstance(self.party, Registration):
            return participants.known_registration(self.party)
        return participants.known_exhibitor(self.party)

    @cached_property
    def profile(self) -> MeetingProfile | None:
        """What they said when they joined; None for who did not, or left."""
        said = db.session.get(MeetingProfile, self.participant.id) if self.participant else None
        return said if said and said.left_at is None else None

    @property
    def layout(self) -> str:
        return f"meetings/programme/_{self.place}.html"

    def again(self) -> "Seat":
        """The same seat after a rollback, which forgets what was read."""
        return of_exhibitor() if self.is_exhibitor else of_visitor()

    def url(self, view: str, **values: Any) -> str:
        return url_for(f"{self.place}_programme.{view}", **values)

    @property
    def home(self) -> str:
        """Their own page of requests and meetings."""
        return url_for("exhibitor_meetings.page" if self.is_exhibitor else "visitor_meetings.visitor_page")


def of_exhibitor() -> Seat:
    """The seat of the signed-in person's company; 404 where it exhibits nowhere."""
    exhibitor = own.current_exhibitor()
    if exhibitor is None:
        abort(404)
    front.show_own_rail("exhibitor_meetings.page")
    return Seat(exhibitor, g.fair, current_user._get_current_object(), "exhibitor")


def of_visitor() -> Seat:
    """The seat of the person of the mailed link; 404 for a registration that does not stand."""
    registration = visitor_own.current_registration()
    if registration.state != "confirmed":
        abort(404)
    return Seat(registration, registration.fair, "visitor", "visitor")


def page(rule: str, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Put ``view(seat, ...)`` below the exhibitors' meetings and below the visitors'."""

    def register(view: View) -> View:
        for bp, find in ((exhibitor_bp, of_exhibitor), (visitor_bp, of_visitor)):
            bp.add_url_rule(rule, view.__name__, _seated(view, find), methods=list(methods))
        return view

    return register


def _seated(view: View, find: Callable[[], Seat]) -> View:
    @wraps(view)
    def seated(**values: Any) -> ResponseReturnValue:
        return view(find(), **values)

    return seated

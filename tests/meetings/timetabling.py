"""Short words for timetables: a run of the scheduler, and the organizer's press on Publish."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.timetable import drafts, gathering, publishing, running
from techfair.meetings.timetable.models import TimetableDraft

CONSOLE = "/organizer/fairs/gia-lai/meetings"


def draft(fair: Fair, way: Any = "rest", meanwhile: Callable[[], Any] = lambda: None) -> TimetableDraft:
    """What the background job does, in the test's own transaction."""
    gathered = gathering.gather(fair, way, drafts.open_draft(fair))
    found = running.search(gathered.instance, lambda progress: True)
    meanwhile()
    made = drafts.keep(fair, gathered, found, way, None)
    running.note(made, found)
    return made


def plan(fair: Fair, way: Any = "rest") -> dict[str, int]:
    """A draft, published."""
    made = draft(fair, way)
    return publishing.publish(fair, made.id, made.edition, None)


def publish(organizer: FlaskClient, **other: int) -> Any:
    """The organizer presses Publish on the open draft."""
    made = db.session.scalars(db.select(TimetableDraft).filter_by(state="open")).one()
    given = {"draft": made.id, "edition": made.edition} | other
    db.session.rollback()
    return organizer.post(f"{CONSOLE}/plan/publish", data=given, follow_redirects=True)

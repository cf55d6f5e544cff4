"""A reminder to both sides a quarter of an hour before they meet; only of what is still to take place."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import clock, jobs
from techfair.core.database import insert_new
from techfair.extensions import db
from techfair.meetings import letters
from techfair.meetings.calendars.models import MeetingReminder
from techfair.meetings.models import Meeting, Slot

AHEAD = timedelta(minutes=15)


@jobs.every(1)
def remind() -> None:
    """Tell the people of each meeting that begins within a quarter of an hour, once for each time it is given."""
    now = clock.now()
    soon = select(Meeting).join(Meeting.slot).where(Slot.starts_at > now, Slot.starts_at <= now + AHEAD)
    soon = soon.where(Meeting.state == "scheduled").order_by(Meeting.id)
    whole = (joinedload(Meeting.slot), joinedload(Meeting.table), joinedload(Meeting.booth))
    for meeting in db.session.scalars(soon.options(*whole)).all():
        slot = meeting.slot
        if slot is None:
            continue
        row = {"meeting_id": meeting.id, "starts_at": slot.starts_at, "reminded_at": now}
        if insert_new(MeetingReminder, [row], returning=MeetingReminder.meeting_id):
            letters.tell_sides(meeting, "meeting_soon", slot=slot, table=meeting.table, booth=meeting.booth)
    db.session.commit()

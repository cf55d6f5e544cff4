"""Requests that nobody answers: called to mind once, and ended when their time is over."""

from sqlalchemy import select

from techfair.core import audit, clock, jobs
from techfair.extensions import db
from techfair.meetings import letters, requests
from techfair.meetings.models import MeetingRequest
from techfair.meetings.programme.models import NotInterested


@jobs.every(minutes=15)
def end_unanswered() -> None:
    """Write to who has not answered yet; then end what is over and tell who asked."""
    remind()
    expire()
    db.session.commit()


def remind() -> None:
    """One reminder before the end to each who is asked, but to nobody who does not wish to meet who asks."""
    due = select(MeetingRequest).where(MeetingRequest.state == "sent", MeetingRequest.remind_at <= clock.now())
    for request in db.session.scalars(due.with_for_update().order_by(MeetingRequest.id)).all():
        request.remind_at = None
        group = requests.group_of(request)
        waiting = [one.participant_id for one in group if one.accepted_at is None] if group else [request.to_id]
        for id in waiting:
            if db.session.get(NotInterested, (id, request.from_id)) is None:
                letters.tell(id, "meeting_reminder", about=request.from_id, request=request)


def expire() -> None:
    """End what nobody answered in time."""
    due = select(MeetingRequest).where(MeetingRequest.state == "sent", MeetingRequest.expires_at <= clock.now())
    for request in db.session.scalars(due.with_for_update().order_by(MeetingRequest.id)).all():
        request.move_to("expired")
        audit.record("meeting_request.expired", request)
        letters.tell(request.from_id, "meeting_expired", about=request.to_id, request=request)

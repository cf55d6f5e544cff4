"""Own timetables: an address for one's calendar and a PDF; for the organizer those of everyone, and table signs."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access, calendars, mail, pages
from techfair.core.pages import download
from techfair.exhibitors import own
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, queries
from techfair.meetings.calendars import entries, feeds, paper
from techfair.meetings.console import bp as console_bp
from techfair.meetings.console import fair_of
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.views import exhibitor_bp, visitor_bp
from techfair.visitors import own as visitor_own

bp = access.by_token(Blueprint("calendar_feed", __name__, url_prefix="/calendar"))
PDF = "application/pdf"


@bp.get("/<secret>.ics")
def subscribed(secret: str) -> ResponseReturnValue:
    """A participant's meetings, for a calendar that asks now and then; an ended address is not there."""
    feed = feeds.known(secret)
    if feed is None:
        abort(404)
    fair = db.session.get_one(Fair, feed.participant.fair_id)
    pages.show(fair)
    with force_locale(_language(feed.participant)):
        text = entries.subscribed(fair, feed.participant, _timed(queries.meetings_of(feed.participant)))
    answer = Response(calendars.folded(text), content_type="text/calendar; charset=utf-8")
    answer.cache_control.private, answer.cache_control.max_age = True, 300
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _language(participant: Participant) -> str:
    if participant.registration is not None:
        return participant.registration.language
    return participant.exhibitor.company.language if participant.exhibitor is not None else "vi"


def _timed(meetings: Any) -> list[Meeting]:
    return [one for one in meetings if one.slot is not None and one.state in ("scheduled", "held", "no_show")]


def address_of(participant: Participant | None) -> str:
    """Where the participant's calendar is read; nothing while no address was asked for."""
    feed = feeds.of(participant) if participant else None
    return f"{mail.base_url()}{url_for('calendar_feed.subscribed', secret=feed.secret)}" if feed else ""


def _exhibitor() -> Participant:
    exhibitor = own.current_exhibitor()
    participant = participants.known_exhibitor(exhibitor) if exhibitor else None
    if participant is None:
        abort(404)
    return participant


def _visitor() -> Participant:
    participant = participants.known_registration(visitor_own.current_registration())
    if participant is None:
        abort(404)
    return participant


@exhibitor_bp.post("/calendar")
def make_feed() -> ResponseReturnValue:
    """Make the exhibitor a new address to subscribe to."""
    return _made(_exhibitor(), current_user, "exhibitor_meetings.page")


@visitor_bp.post("/calendar")
def visitor_make_feed() -> ResponseReturnValue:
    """Make the visitor a new address to subscribe to."""
    return _made(_visitor(), "visitor", "visitor_meetings.visitor_page")


def _made(participant: Participant, by: Any, back: str) -> ResponseReturnValue:
    feeds.make(participant, by)
    flash(_("The address is made. Whoever has it can read your meetings; a new one ends it."), "good")
    db.session.commit()
    return redirect(url_for(back), 303)


@exhibitor_bp.post("/timetable.pdf")
def print_own() -> ResponseReturnValue:
    """The exhibitor's timetable to print."""
    return _printed(_exhibitor())


@visitor_bp.post("/timetable.pdf")
def visitor_print_own() -> ResponseReturnValue:
    """The visitor's timetable to print."""
    return _printed(_visitor())


def _printed(participant: Participant) -> ResponseReturnValue:
    fair = db.session.get_one(Fair, participant.fair_id)
    pages.show(fair)
    data = paper.timetable(fair, _timed(queries.meetings_of(participant)), participant)
    return download(data, PDF, f"{fair.slug}-timetable.pdf")


def _all(fair: Fair) -> list[Meeting]:
    those = queries.meetings_at(fair, "").where(Meeting.slot_id.is_not(None))
    return _timed(db.session.scalars(those).unique().all())


@console_bp.post("/timetables.pdf")
def print_all(slug: str) -> ResponseReturnValue:
    """Everyone's timetable, a page each: what was published last."""
    fair = fair_of(slug)
    return download(paper.timetable(fair, _all(fair)), PDF, f"{fair.slug}-timetables.pdf")


@console_bp.post("/signs.pdf")
def print_signs(slug: str) -> ResponseReturnValue:
    """A sign for each table."""
    fair = fair_of(slug)
    return download(paper.signs(fair, _all(fair)), PDF, f"{fair.slug}-signs.pdf")

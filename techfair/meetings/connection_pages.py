"""What an exhibitor says of its connections: that a meeting became one, and that the other side is right."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.exhibitors import own
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.meetings import connections, participants, views
from techfair.meetings.models import Connection, Meeting

bp = access.signed_in(Blueprint("exhibitor_connections", __name__, url_prefix="/exhibitor/connections"))


@bp.post("/of/<int:meeting_id>")
def propose(meeting_id: int) -> ResponseReturnValue:
    """Say that a held meeting became a connection; the other side confirms it."""
    meeting = access.fetch(Meeting, meeting_id, to="edit")
    exhibitor = own.current_exhibitor()
    participant = participants.known_exhibitor(exhibitor) if exhibitor else None
    try:
        if participant is None:
            raise connections.NotHeld
        connections.of_held(meeting, participant, request.form.get("subject", ""), current_user)
    except (connections.SubjectMissing, connections.ConnectionKnown) as refusal:
        db.session.rollback()
        return views.exhibitor_page(refused_meeting=meeting_id, refusal=refusal.message), refusal.status
    return _back(_("The other side is asked to confirm the connection."))


@bp.post("/<int:id>/agree")
def agree(id: int) -> ResponseReturnValue:
    """Say that a proposed connection stands."""
    connection = access.fetch(Connection, id, to="agree")
    connections.agree(connection, _own_company(connection), current_user)
    return _back(_("The connection is confirmed."))


@bp.post("/<int:id>/reject")
def reject(id: int) -> ResponseReturnValue:
    """Say that a proposed connection is none."""
    connections.reject(access.fetch(Connection, id, to="agree"), current_user)
    return _back(_("The connection is rejected and is not counted."))


def _own_company(connection: Connection) -> Company:
    """The side of the pair for which this person works."""
    both = [db.session.get_one(Company, id) for id in (connection.first_id, connection.second_id)]
    return next(company for company in both if access.may(current_user, company, "act"))


def _back(message: str) -> ResponseReturnValue:
    flash(message, "good")
    db.session.commit()
    return redirect(url_for("exhibitor_meetings.page"), 303)

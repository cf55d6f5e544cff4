"""Who may do what to notes."""

from typing import Any

from techfair.core import access
from techfair.exhibitors.models import Application
from techfair.exhibitors.reviewing.models import ApplicationNote
from techfair.extensions import db


@access.rule(ApplicationNote)
def of_note(user: Any, note: ApplicationNote, to: str) -> bool:
    """``edit`` for who wrote it, while they may still decide the application."""
    application = db.session.get_one(Application, note.application_id)
    return to == "edit" and bool(note.author_id == user.id) and access.may(user, application, "review")

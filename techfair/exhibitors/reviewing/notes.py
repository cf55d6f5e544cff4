"""Notes among organizers about an application: written, and taken back by who wrote them."""

from sqlalchemy import delete

from techfair.accounts.models import User
from techfair.core import audit
from techfair.exhibitors.models import Application
from techfair.exhibitors.reviewing.models import ApplicationNote
from techfair.extensions import db


def write(application: Application, text: str, by: User) -> ApplicationNote:
    """Note something; the log says that, not what: it outlives a note that is taken back."""
    note = ApplicationNote(application_id=application.id, author_id=by.id, text=text)
    db.session.add(note)
    audit.record("application.noted", application, by=by)
    return note


def take_back(note: ApplicationNote, application: Application, by: User) -> None:
    """Remove an own note."""
    db.session.execute(delete(ApplicationNote).filter_by(id=note.id))
    audit.record("application.note_taken_back", application, by=by)

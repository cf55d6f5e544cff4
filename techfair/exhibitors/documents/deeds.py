"""Adding a document to a technology and taking it away."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import access, audit, clock
from techfair.core.database import insert_new
from techfair.exhibitors.documents.models import TechnologyDocument
from techfair.exhibitors.models import Technology
from techfair.exhibitors.permissions import of_record
from techfair.extensions import db

WITH_TECHNOLOGY = (joinedload(TechnologyDocument.technology),)


@access.rule(TechnologyDocument)
def of_document(user: object, document: TechnologyDocument, to: str) -> bool:
    """``see`` (download) as of its technology, but on request for its company alone; else as of its technology."""
    deed = "read" if to == "see" and document.level != "public" else to
    return of_record(user, document.technology, deed)


def of(technology: Technology) -> Sequence[TechnologyDocument]:
    """The documents of a technology, the oldest first."""
    mine = select(TechnologyDocument).filter_by(technology_id=technology.id).order_by(TechnologyDocument.id)
    return db.session.scalars(mine).all()


def add(technology: Technology, by: User, **values: object) -> bool:
    """Add a document; False where the technology has this very file already."""
    row = {"technology_id": technology.id, "added_at": clock.now(), **values}
    if not insert_new(TechnologyDocument, [row], returning=TechnologyDocument.id):
        return False
    audit.record("technology.document_added", technology, by=by, title=values["title_vi"], level=values["level"])
    return True


def remove(document: TechnologyDocument, by: User) -> None:
    """Take it off the technology; the stored file may be another's too and stays."""
    db.session.delete(document)
    audit.record("technology.document_removed", document.technology, by=by, title=document.title_vi)

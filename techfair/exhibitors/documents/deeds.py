"""Adding a document to a technology, a need or a company and taking it away."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.accounts.models import User
from techfair.core import access, audit, clock
from techfair.core.database import insert_new
from techfair.exhibitors.documents.models import RecordDocument
from techfair.exhibitors.models import Application, Company
from techfair.exhibitors.permanent import queries as known
from techfair.exhibitors.permissions import of_company, of_record
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

Record = Technology | Need | Company
WITH_RECORD = (
    joinedload(RecordDocument.technology),
    joinedload(RecordDocument.need),
    joinedload(RecordDocument.company),
)


@access.rule(RecordDocument)
def of_document(user: object, document: RecordDocument, to: str) -> bool:
    """``see`` (download) as of its record, but on request for its company alone; else as of its record.

    Of a company: everyone, or organizers alone, while it is known from a fair; its own people always.
    """
    record = document.record
    if isinstance(record, Company):
        return of_company(user, record, "read" if to == "see" else to) or (to == "see" and _is_for(user, document))
    deed = "read" if to == "see" and document.level != "public" else to
    return of_record(user, record, deed)


def _is_for(user: object, document: RecordDocument) -> bool:
    """Whether somebody who is not of the company gets a document of it."""
    company = document.record
    if document.level == "public" and known.company(company.public_ref) is not None:
        return True
    handed_in = select(Application).where(Application.company_id == company.id, Application.submitted_at.is_not(None))
    return any(access.may(user, application, "look") for application in db.session.scalars(handed_in))


def belongs_to(record: Record) -> dict[str, int]:
    """The column by which documents know their record."""
    return {f"{record.__tablename__}_id": record.id}


def of(record: Record, *, only_public: bool = False) -> Sequence[RecordDocument]:
    """The documents of a record, the oldest first."""
    mine = select(RecordDocument).filter_by(**belongs_to(record)).order_by(RecordDocument.id)
    return db.session.scalars(mine.filter_by(level="public") if only_public else mine).all()


def add(record: Record, by: User, **values: object) -> bool:
    """Add a document; False where the record has this very file already."""
    row = {"added_at": clock.now()} | belongs_to(record) | values
    if not insert_new(RecordDocument, [row], returning=RecordDocument.id):
        return False
    deed = f"{record.__tablename__}.document_added"
    audit.record(deed, record, by=by, title=values["title_vi"], level=values["level"])
    return True


def remove(document: RecordDocument, by: User) -> None:
    """Take it off its record; the stored file may be another's too and stays."""
    record = document.record
    db.session.delete(document)
    audit.record(f"{record.__tablename__}.document_removed", record, by=by, title=document.title_vi)

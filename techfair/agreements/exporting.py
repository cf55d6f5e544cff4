"""The files of a completed agreement to take along: the document, its evidence, and what it binds."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import joinedload, selectinload

from techfair.agreements.models import Agreement
from techfair.agreements.papers import ENDINGS
from techfair.core.files import FileMissing, FileStore

WHOLE = (joinedload(Agreement.paper), selectinload(Agreement.attachments))


@dataclass(frozen=True)
class Taken:
    """A kept file under a name that begins with its document's number."""

    name: str
    digest: str | None

    def read(self) -> bytes:
        """Its content; raises FileMissing, FileDamaged."""
        files: FileStore = current_app.extensions["files"]
        if self.digest is None:
            raise FileMissing(self.name)
        return files.read(self.digest)


def files_of(agreement: Agreement, *, evidence: bool = False, attachments: bool = False) -> Iterator[Taken]:
    """The document first; load ``WHOLE`` before."""
    number = agreement.number.replace("/", "-")
    yield Taken(f"{number}.pdf", agreement.document_digest)
    if evidence and agreement.evidence_digest:
        yield Taken(f"{number}-evidence.pdf", agreement.evidence_digest)
    if not attachments:
        return
    for kind, kept in (("attachment", agreement.attachments), ("paper", agreement.paper and agreement.paper.pages)):
        for one in kept or []:
            yield Taken(f"{number}-{kind}-{one.place}.{ENDINGS[one.media_type]}", one.digest)

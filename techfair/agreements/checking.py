"""A PDF that somebody hands in, held against its own signatures and against our record of the document."""

import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import or_, select

from techfair.agreements import documents, queries
from techfair.agreements.attachments import attaching
from techfair.agreements.ceremony import paper
from techfair.agreements.models import Agreement
from techfair.agreements.sealing import verifying
from techfair.agreements.sealing.findings import UNREADABLE, Report
from techfair.agreements.trust import anchors
from techfair.core import clock
from techfair.extensions import db

MOST_BYTES = 30 * 2**20
CODE = re.compile(r"/verify/([0-9A-Z]{8,40})$")


@dataclass(frozen=True)
class Check:
    """What a file is: the report of its signatures, our record of it, and one word for both."""

    digest: str
    report: Report
    agreement: Agreement | None = None
    is_scan: bool = False  # of a copy signed by hand, byte for byte
    belongs: bool | None = None  # whether it is an attachment of ours; none where that was not asked

    @property
    def is_the_kept_file(self) -> bool:
        return self.agreement is not None and self.agreement.document_digest == self.digest

    @property
    def verdict(self) -> str:
        """``good``, or what is the matter; see ``Report.verdict``, and of our record ``differs`` and ``not_ours``;
        ``scan`` and ``paper`` where it was signed by hand; ``attachment`` or ``no_attachment`` where that was asked.
        """
        if self.is_scan:
            return "scan"
        if self.belongs is not None:
            return "attachment" if self.belongs else "no_attachment"
        verdict = self.report.verdict
        if verdict == "incomplete" and self._is_sealed_for_paper:
            return "paper"
        if verdict != "good":
            return verdict
        if self.agreement is None:
            return "not_ours"
        if self.agreement.evidence_digest == self.digest:
            return "evidence"
        return "good" if self.is_the_kept_file else "differs"

    @property
    def is_good(self) -> bool:
        return self.verdict in {"good", "evidence", "scan", "attachment"}

    @property
    def _is_sealed_for_paper(self) -> bool:
        """Whether only signatures that stand on paper are missing, in the file that we keep."""
        sealed = "Seal" not in self.report.missing
        return sealed and self.agreement is not None and self.agreement.paper is not None and self.is_the_kept_file

    @property
    def spoke(self) -> str:
        """What the verdict rests on: the signatures, the record's SHA-256, or neither."""
        if self.verdict in {"differs", "not_ours", "scan", "paper", "attachment", "no_attachment"}:
            return "record"
        return "" if self.verdict in {*UNREADABLE, "unsigned"} else "signatures"


def check(pdf: bytes, *, code: str = "") -> Check:
    """Look at a file; nothing of it is kept.

    With the ``code`` of a document of ours the answer says of any other file whether it is attached to that: who has
    only the file does not learn where it is.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    if len(pdf) > MOST_BYTES:
        return Check(digest, Report("too_large"))
    if scan := paper.scan_of(digest):
        return Check(digest, Report(), documents.load(scan.agreement_id), is_scan=True)
    asked = queries.by_code(code) if code else None
    if asked is not None and attaching.belongs(asked, digest):
        return Check(digest, Report(), asked, belongs=True)
    report = verifying.verify(pdf, anchors.believed(), clock.now())
    if asked is not None and report.verdict in {"unsigned", "not_a_pdf"}:
        return Check(digest, Report(), asked, belongs=False)
    return Check(digest, report, _record(digest, report))


def _record(digest: str, report: Report) -> Agreement | None:
    """Our record: of this very file, else of the document that a signature names by its code."""
    is_kept = or_(Agreement.document_digest == digest, Agreement.evidence_digest == digest)
    kept = select(Agreement).where(is_kept).options(*documents.WHOLE)
    if (found := db.session.scalars(kept).unique().first()) is not None:
        return found
    codes = [match[1] for finding in report.findings if (match := CODE.search(finding.location))]
    return queries.by_code(codes[0]) if codes else None

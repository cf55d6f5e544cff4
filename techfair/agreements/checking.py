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
OF_RECORD = {"differs", "not_ours", "scan", "paper", "unbound", "another", "attachment", "no_attachment"}
CODE = re.compile(r"/verify/([0-9A-Z]{8,40})$")


@dataclass(frozen=True)
class Check:
    """What a file is: the report of its signatures, our record of it, and one word for both."""

    digest: str
    report: Report
    agreement: Agreement | None = None
    is_scan: bool = False  # of a copy signed by hand, byte for byte
    is_bound: bool = True  # false where the scans of such a copy are no longer those that were bound
    is_another: bool = False  # a document of ours, but not the one whose code was given
    belongs: bool | None = None  # whether it is an attachment of ours; none where that was not asked

    @property
    def is_the_kept_file(self) -> bool:
        return self.agreement is not None and self.agreement.document_digest == self.digest

    @property
    def verdict(self) -> str:
        """``good``, or what is the matter; see ``Report.verdict``, and of our record ``differs`` and ``not_ours``;
        ``scan`` and ``paper`` where it was signed by hand, ``unbound`` where that record does not hold; ``another``,
        ``attachment`` or ``no_attachment`` where a document was named.
        """
        if self.is_another:
            return "another"
        if self.is_scan:
            return "scan" if self.is_bound else "unbound"
        if self.belongs is not None:
            return "attachment" if self.belongs else "no_attachment"
        verdict = self.report.verdict
        if verdict == "incomplete" and self._is_sealed_for_paper:
            return "paper" if self.is_bound else "unbound"
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
    def is_by_hand(self) -> bool:
        """Whether the parties' signatures stand on paper, so that no file proves them: the record does."""
        return self.verdict in {"scan", "paper"}

    @property
    def _is_sealed_for_paper(self) -> bool:
        """Whether only signatures that stand on paper are missing, in the file that we keep."""
        sealed = "Seal" not in self.report.missing
        return sealed and self.agreement is not None and self.agreement.paper is not None and self.is_the_kept_file

    @property
    def spoke(self) -> str:
        """What the verdict rests on: the signatures, the record's SHA-256, or neither."""
        if self.verdict in OF_RECORD:
            return "record"
        return "" if self.verdict in {*UNREADABLE, "unsigned"} else "signatures"


def check(pdf: bytes, *, code: str = "") -> Check:
    """Look at a file; nothing of it is kept.

    With the ``code`` of a document of ours the answer is about that one: a good file of another is ``another``, and of
    any other file it says whether it is attached. Who has only the file does not learn where it is.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    if len(pdf) > MOST_BYTES:
        return Check(digest, Report("too_large"))
    asked = queries.by_code(code) if code else None
    if scan := paper.scan_of(digest, first_of=asked):
        return _of(asked, digest, Report(), documents.load(scan.agreement_id), is_scan=True)
    if asked is not None and attaching.belongs(asked, digest):
        return Check(digest, Report(), asked, belongs=True)
    report = verifying.verify(pdf, anchors.believed(), clock.now())
    if asked is not None and report.verdict in {"unsigned", "not_a_pdf"}:
        return Check(digest, Report(), asked, belongs=False)
    return _of(asked, digest, report, _record(digest, report))


def _of(
    asked: Agreement | None, digest: str, report: Report, found: Agreement | None, *, is_scan: bool = False
) -> Check:
    """What a file is beside our record of it, and beside the document that was asked about."""
    is_bound = found is None or paper.is_bound(found)
    is_another = asked is not None and found is not None and found.id != asked.id
    return Check(digest, report, found, is_scan=is_scan, is_bound=is_bound, is_another=is_another)


def _record(digest: str, report: Report) -> Agreement | None:
    """Our record: of this very file, else of the document that a signature names by its code."""
    is_kept = or_(Agreement.document_digest == digest, Agreement.evidence_digest == digest)
    kept = select(Agreement).where(is_kept).options(*documents.WHOLE)
    if (found := db.session.scalars(kept).unique().first()) is not None:
        return found
    codes = [match[1] for finding in report.findings if (match := CODE.search(finding.location))]
    return queries.by_code(codes[0]) if codes else None

"""A copy signed by hand instead of electronic signatures: its scans are bound by digest to the settled text."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.agreements import signing
from techfair.agreements.ceremony.models import PaperCopy, PaperPage
from techfair.agreements.models import Agreement
from techfair.agreements.papers import KeptPaper
from techfair.core import audit, jobs
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.files import FileDamaged, FileMissing, FileStore
from techfair.extensions import db

OPEN = {"waiting", "invited", "viewed"}


class NoPages(TechfairError):
    code, status = "no_pages", 422
    message = _l("Choose the scan or the photographs of every page.")


def bind(agreement: Agreement, scans: Sequence[KeptPaper], signed_on: date, *, by: User) -> PaperCopy:
    """Let an agreement hold by the copy that all signed by hand; whoever was still asked is asked no more.

    Hold the agreement's row (``documents.load(id, for_update=True)``). The organizer's seal then goes on the
    document, and on the evidence that names each scan's SHA-256. Raises NoPages, and StepSkipped unless the text is
    settled and not all have signed.
    """
    if not scans:
        raise NoPages
    if agreement.state not in {"frozen", "signing"}:
        raise StepSkipped
    if agreement.state == "frozen":
        agreement.move_to("signing")
    for signature in signing.signatures_of(agreement):
        if signature.state in OPEN:
            signature.move_to("expired")
            signature.code_digest = None
    copy = PaperCopy(agreement_id=agreement.id, signed_on=signed_on, bound_by_id=by.id)
    copy.pages = [PaperPage(place=place, **vars(one)) for place, one in enumerate(scans, start=1)]
    copy.digest = digest_of(agreement, copy)
    db.session.add(copy)
    agreement.move_to("sealing")
    agreement.signed_on = signed_on
    digests = [one.digest for one in scans]
    audit.record("agreement.signed_on_paper", agreement, by=by, digest=copy.digest, digests=digests)
    jobs.start("complete_agreement", fair_id=agreement.fair_id, agreement_id=agreement.id)
    return copy


def digest_of(agreement: Agreement, copy: PaperCopy) -> str:
    """SHA-256 over canonical JSON of the settled text's digest, the day and the scans' digests in order."""
    bound = {
        "frozen_digest": agreement.frozen_digest,
        "pages": [page.digest for page in copy.pages],
        "signed_on": copy.signed_on.isoformat(),
    }
    return hashlib.sha256(json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_bound(agreement: Agreement) -> bool:
    """Whether the scans are still those that were bound; true where nothing was signed by hand."""
    return agreement.paper is None or agreement.paper.digest == digest_of(agreement, agreement.paper)


def are_kept(agreement: Agreement) -> bool:
    """Whether every scan lies in the file store as it was sent."""
    files: FileStore = current_app.extensions["files"]
    try:
        for page in agreement.paper.pages if agreement.paper else []:
            files.read(page.digest)
    except (FileMissing, FileDamaged):
        return False
    return True


def scan_of(digest: str, *, first_of: Agreement | None = None) -> PaperPage | None:
    """The scan that a file is, byte for byte; of several documents' the one of ``first_of``."""
    found = select(PaperPage).filter_by(digest=digest).limit(1)
    if first_of is not None:
        found = found.order_by((PaperPage.agreement_id == first_of.id).desc())
    return db.session.scalars(found).first()

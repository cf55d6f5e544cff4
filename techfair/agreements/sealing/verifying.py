"""Verifying a PDF: each signature by itself, then whether what follows it was permitted, then the whole.

Nothing is fetched from a network: whose certificate is believed and which are withdrawn, the caller says.
"""

import asyncio
import logging
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus, TimestampSignatureStatus

from techfair.agreements.sealing import aside, making, ranges, trusting
from techfair.agreements.sealing.findings import Finding, Report, Trust
from techfair.agreements.sealing.trusting import Judge

# What a hostile file makes the library complain about is told in the report, not in our log.
for noisy in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(noisy).setLevel(logging.CRITICAL)

MOST_SIGNATURES = 40


def verify(pdf: bytes, trust: Trust, now: datetime) -> Report:
    """Look at every signature of a file; never raises for what the file holds."""
    if b"%PDF-" not in pdf[:1024]:
        return Report("not_a_pdf")
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            return Report("encrypted")
        return aside.run(lambda: asyncio.run(_Verification(pdf, reader, trust, now).report()))
    except Exception:  # a hostile file makes the library raise whatever it likes
        return Report("corrupt")


class _Verification:
    """One file under one look."""

    def __init__(self, pdf: bytes, reader: PdfFileReader, trust: Trust, now: datetime) -> None:
        self.pdf, self.reader, self.now = pdf, reader, now
        self.store = self._store()
        self.steps: dict[int, bool] = {}
        self.fields: set[str] = set()
        lists = (*trust.lists, *(bytes(one.get_object().data) for one in (self.store.crls if self.store else ())))
        self.judge = Judge(trust, lists, list(self.store.load_certs()) if self.store else [])

    async def report(self) -> Report:
        fields = list(enumerate_sig_fields(self.reader))
        self.fields = {name for name, _value, _reference in fields}
        missing = tuple(name for name, value, _reference in fields if value is None)
        filled = [(name, reference.get_object()) for name, value, reference in fields if value is not None]
        if len(filled) > MOST_SIGNATURES:
            return Report("corrupt")
        if self._is_rewritten(len(filled)):
            return Report(findings=tuple([_unreadable(name) for name, _field in filled]), is_rewritten=True)
        found = []
        stamped_later: datetime | None = None
        embedded = [(name, self._embedded(field, name)) for name, field in filled]
        in_order = sorted(embedded, key=lambda one: one[1].signed_revision if one[1] else -1, reverse=True)
        for name, one in in_order:  # the last first: a later time stamp proves when earlier ones were there
            finding = await self._finding(name, one, stamped_later) if one else _unreadable(name)
            if finding.kind == "timestamp" and finding.is_good:
                stamped_later = finding.stamped_at
            found.append(finding)
        return Report(findings=tuple(reversed(found)), missing=missing)

    def _is_rewritten(self, signatures: int) -> bool:
        """Each signature of ours is a version of the file; a program that writes the file anew leaves one."""
        return signatures > 1 and self.reader.xrefs.total_revisions < signatures

    def _embedded(self, field: DictionaryObject, name: str) -> EmbeddedPdfSignature | None:
        try:
            embedded = EmbeddedPdfSignature(self.reader, field, name)
            numbers = [int(number) for number in embedded.byte_range]
            if ranges.covered(self.pdf, numbers) is None:
                return None
            embedded.compute_digest()
        except Exception:  # a range or a container that is none
            return None
        return embedded

    async def _finding(self, name: str, one: EmbeddedPdfSignature, stamped_later: datetime | None) -> Finding:
        covers = ranges.covered(self.pdf, [int(number) for number in one.byte_range])
        is_whole = covers is not None and covers.end == len(self.pdf)
        status, later = await self._status(one), self._later(one, is_whole)
        token = getattr(status, "timestamp_validity", None)
        is_stamp = one.sig_object_type == "/DocTimeStamp"
        stamp: TimestampSignatureStatus | None = status if isinstance(status, TimestampSignatureStatus) else token
        stamped_at = stamp.timestamp if stamp and stamp.valid and stamp.intact and self._believes(stamp) else None
        claimed_at = getattr(status, "signer_reported_dt", None)
        judged = self.judge.judge(
            one.signer_cert,
            one.other_embedded_certs,
            proven_at=stamped_at or stamped_later,
            claimed_at=claimed_at,
            now=self.now,
            is_stamp=is_stamp,
        )
        return Finding(
            field=name,
            kind="timestamp" if is_stamp else _kind(name),
            signer=trusting.shown(one.signer_cert.subject),
            subject=one.signer_cert.subject.human_friendly,
            organisation=trusting.part(one.signer_cert.subject, "organization_name"),
            tax_code=trusting.tax_code(one.signer_cert.subject),
            certificate=one.signer_cert.sha256.hex(),
            chain=judged.chain,
            valid_from=one.signer_cert.not_valid_before,
            valid_until=one.signer_cert.not_valid_after,
            claimed_at=claimed_at,
            stamped_at=stamped_at,
            is_intact=bool(status.intact and status.valid),
            reason=judged.reason,
            is_own=judged.is_own,
            is_withdrawal_known=judged.is_withdrawal_known,
            level=self._level(stamped_at is not None, stamped_later is not None),
            covers="whole" if is_whole else "version" if covers is not None else "part",
            later=later,
            location=str(one.sig_object.get("/Location", "")),
            stated_reason=str(one.sig_object.get("/Reason", "")),
        )

    async def _status(self, one: EmbeddedPdfSignature) -> PdfSignatureStatus | DocumentTimestampStatus:
        # The library judges bytes and time stamp here; the chain is judged by ``Judge``, at the proven time.
        context = self.judge.context(self.now)
        if one.sig_object_type == "/DocTimeStamp":
            return await async_validate_pdf_timestamp(one, context, skip_diff=True)
        return await async_validate_pdf_signature(one, context, context, skip_diff=True)

    def _believes(self, stamp: TimestampSignatureStatus) -> bool:
        when = stamp.timestamp
        judged = self.judge.judge(stamp.signing_cert, [], proven_at=when, claimed_at=None, now=self.now, is_stamp=True)
        return not judged.reason

    def _later(self, one: EmbeddedPdfSignature, is_whole: bool) -> str:
        """What the versions after this signature changed."""
        if is_whole:
            return "nothing"
        newest = self.reader.xrefs.total_revisions - 1
        steps = range(one.signed_revision, newest)
        return "permitted" if steps and all(map(self._is_permitted, steps)) else "changed"

    def _is_permitted(self, version: int) -> bool:
        """Whether the step from a version to the next adds signatures or validation data and nothing else.

        Each step is looked at once, for it is the same for all signatures before it.
        """
        if version not in self.steps:
            old, new = (self.reader.get_historical_resolver(number) for number in (version, version + 1))
            try:
                found = DEFAULT_DIFF_POLICY.apply(old, new, doc_mdp=MDPPerm.FILL_FORMS)
                self.steps[version] = found.changed_form_fields <= self.fields
            except Exception:  # a suspicious change, or one that the analysis does not understand
                self.steps[version] = False
        return self.steps[version]

    def _level(self, is_stamped: bool, is_stamped_later: bool) -> str:
        if self.store is not None and (is_stamped or is_stamped_later):
            return "B-LTA" if is_stamped_later else "B-LT"
        return "B-T" if is_stamped else "B-B"

    def _store(self) -> DocumentSecurityStore | None:
        try:
            return DocumentSecurityStore.read_dss(self.reader)
        except NoDSSFoundError:
            return None


def _kind(field: str) -> str:
    named = {making.CERTIFICATION: "certification", making.SEAL: "seal"}
    stems = {"Party": "party", "Witness": "witness"}
    return named.get(field) or next((kind for stem, kind in stems.items() if field.startswith(stem)), "other")


def _unreadable(field: str) -> Finding:
    """A signature that covers nothing, or cannot be read at all."""
    return Finding(field, _kind(field))

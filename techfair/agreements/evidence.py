"""The evidence of a completed agreement as a PDF of its own, sealed, bound by the finished file's SHA-256.

It holds addresses that are nobody's business but the parties' and the organizer's: the public sees none of it.
"""

from typing import Any

from flask import current_app
from flask_babel import force_locale

from techfair.agreements import documents, filing, kinds, queries
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.sealing import making
from techfair.agreements.sealing.making import SEAL, Place
from techfair.agreements.trust import authorities
from techfair.core import audit, formats, pdf
from techfair.core.files import FileMissing, FileStore

MEANING = {
    "vi": "Bản này gắn với đúng một tệp: tệp có SHA-256 ghi ở trên.",
    "en": "It belongs to one file only: the one with the SHA-256 above.",
}
APPROVED = "Duyệt bằng mã gửi qua thư, không có ô ký / Approved by mailed code, without a field"
ROLES = {"approver": "Người duyệt / Approver", "witness": "Nhân chứng / Witness"}


def keep(agreement: Agreement) -> None:
    """Make, seal and keep the evidence of an agreement just completed."""
    data = data_of(agreement)
    room = [Place(**vars(place)) for place in pdf.signature_places("evidence", data)]
    printed = pdf.render("evidence", data, replace_missing=True)
    identity = authorities.seal_of(agreement.fair)
    certified = making.certify(printed, room, identity, filing.say(agreement, "Chứng cứ ký kết / Evidence of signing"))
    sealed = making.sign(certified, SEAL, identity, *filing.seal_marks(agreement, identity))
    files: FileStore = current_app.extensions["files"]
    agreement.evidence_digest = files.put(sealed)
    audit.record(
        "agreement.evidence_kept", agreement, document=agreement.document_digest, digest=agreement.evidence_digest
    )


def read(agreement: Agreement) -> bytes:
    """The kept evidence; raises FileMissing where there is none."""
    if not agreement.evidence_digest:
        raise FileMissing(agreement.number)
    files: FileStore = current_app.extensions["files"]
    return files.read(agreement.evidence_digest)


def data_of(agreement: Agreement) -> dict[str, Any]:
    """What the template shows, as plain values."""
    signed = [one for party in agreement.parties for one in filing.signed(party)]
    return {
        "title": f"Chứng cứ ký kết {agreement.number}",
        "unit": agreement.fair.unit.name_vi,
        "number": agreement.number,
        "verify": f"{current_app.config['BASE_URL']}/verify/{agreement.code}",
        "facts": [
            ["Văn bản / Document", f"{kinds.title(agreement.kind, 'vi')} {agreement.number}"],
            ["Nội dung / Subject", agreement.subject_vi],
            ["SHA-256 tệp hoàn tất / of the finished file", agreement.document_digest or ""],
            ["SHA-256 nội dung chốt / of the settled text", agreement.frozen_digest or ""],
            *_attached(agreement),
            *_on_paper(agreement),
        ],
        "meaning": MEANING,
        "signers": [_signer(agreement, one) for one in signed],
        "history": [_step(agreement, entry) for entry in reversed(queries.history(agreement))],
        "seal": {"key": SEAL, "heading": documents.SEAL_HEADING},
    }


def _attached(agreement: Agreement) -> list[list[str]]:
    """The files that the text binds, each by its SHA-256."""
    label = "SHA-256 phụ lục / of attachment"
    return [[f"{label} {one.place}", f"{one.digest} · {one.name}"] for one in agreement.attachments]


def _on_paper(agreement: Agreement) -> list[list[str]]:
    """What a copy signed by hand is bound by: its scans, each by its SHA-256."""
    if agreement.paper is None:
        return []
    day = formats.format_date(agreement.paper.signed_on, "vi")
    scans = [[f"SHA-256 bản quét / of scan {page.place}", page.digest] for page in agreement.paper.pages]
    signed = f"{day}, {len(scans)} tệp quét / scans; SHA-256 {agreement.paper.digest}"
    return [["Ký tay trên giấy / Signed by hand on paper", signed], *scans]


def _signer(agreement: Agreement, signature: Signature) -> dict[str, Any]:
    told = signature.evidence
    at = formats.format_datetime(signature.signed_at or agreement.created_at, agreement.fair.timezone, "vi")
    return {
        "name": " · ".join(filter(None, [signature.signer_name, ROLES.get(signature.role, "")])),
        "party": signature.party.name_vi,
        "lines": [
            f"{signature.signer_email} · {signature.address or '?'} · {at}",
            APPROVED if signature.role == "approver" else filing.LEVELS[signature.method],
            f"{told.get('proof', '')} · {told.get('mark', '')} · CA: {told.get('issued_by', '')}",
            *_withdrawal(told),
        ],
        "digests": [
            f"Chứng thư / Certificate SHA-256 {told.get('certificate', '')}",
            f"Tệp trước / File before {told.get('document_before', '')}",
            f"Tệp sau / File after {told.get('document', '')}",
        ],
    }


def _withdrawal(told: dict[str, Any]) -> list[str]:
    """What the issuer of a signer's own certificate said at the moment of signing."""
    if "withdrawal" not in told:
        return []
    words = {"good": "còn hiệu lực / not withdrawn", "unknown": "không trả lời / no answer"}
    return [f"Bên cấp chứng thư / Issuer: {words.get(told['withdrawal'], told['withdrawal'])}"]


def _step(agreement: Agreement, entry: audit.AuditEntry) -> dict[str, str]:
    words = {}
    for language in ("vi", "en"):
        with force_locale(language):
            words[language] = str(kinds.DEED_LABELS.get(entry.action, entry.action))
    return {
        "at": formats.format_datetime(entry.at, agreement.fair.timezone, "vi"),
        "what": f"{words['vi']} / {words['en']}",
        "who": " · ".join(filter(None, [entry.actor, entry.address])),
        "chain": entry.digest,
    }

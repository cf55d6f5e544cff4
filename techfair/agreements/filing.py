"""The one PDF of an agreement, from the settled text to the seal.

It is certified when the text is settled; then each party's signature and at last the seal are added to it, and
no byte before them changes. Every version is kept under its digest before the row names it: a crash leaves the
old file or the new one. Pictures of the pages show the same stamps, so signers read on the screen what they sign.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from flask import current_app

from techfair.agreements import content, documents, kinds, own_certificate, stamps
from techfair.agreements.models import Agreement, Party, Signature
from techfair.agreements.sealing import exchange, making
from techfair.agreements.sealing.exchange import Prepared
from techfair.agreements.sealing.identities import Identity, fingerprint, label
from techfair.agreements.sealing.making import SEAL, Draw, Place, Say, Times
from techfair.agreements.sealing.reading import certificate_in
from techfair.agreements.stamps import Mark, Stamp
from techfair.agreements.trust import authorities
from techfair.core import clock, formats, pdf
from techfair.core.files import FileStore

CERTIFIED = "Chỉ còn ký được, không sửa được / From here it can be signed, not changed"
LEVELS = {
    "mailed_code": "Mức 1: mã gửi qua thư / Level 1: mailed code",
    "certificate": "Mức 2: chứng thư số riêng / Level 2: own certificate",
    "seal": "Con dấu số của tổ chức / Organisation seal",
}

Stamped = tuple[Stamp, Place]


def begin(agreement: Agreement, *, at: datetime | None = None) -> None:
    """Keep the settled document, certified by the fair so that it takes signatures only, and pictures of its pages."""
    data = documents.data_of(agreement)
    places = [Place(**vars(place)) for place in pdf.signature_places("agreement", data)]
    said = say(agreement, CERTIFIED, at=at)
    certified = making.certify(documents.render(agreement), places, authorities.seal_of(agreement.fair, at), said)
    agreement.page_digests = [_files().put(page) for page in pdf.pictures("agreement", data, ppi=stamps.PPI)]
    agreement.document_digest = _files().put(certified)


def add(agreement: Agreement, signature: Signature, identity: Identity, mark: Mark) -> dict[str, Any]:
    """Put a party's signature into the document; the answer says by what it is proved. Hold the agreement's row."""
    before = agreement.document_digest
    _show(agreement, _sign(agreement, signature, identity, mark))
    return {
        "mark": mark.kind,
        "certificate": fingerprint(identity.certificate),
        "issued_by": label(identity.certificate.issuer),
        "document_before": before,
        "document": agreement.document_digest,
    }


@dataclass(frozen=True)
class Elsewhere:
    """A document signed by a key that is elsewhere, not kept yet: made of the version whose digest is ``before``."""

    pdf: bytes
    before: str
    certificate: asn1_x509.Certificate
    at: datetime


def prepared(
    agreement: Agreement, signature: Signature, certificates: list[asn1_x509.Certificate], at: datetime
) -> Prepared:
    """The document made ready for a signature that a key elsewhere makes; changes nothing."""
    mark, certificate = Mark(typed=signature.signer_name), certificate_in(certificates[0].dump())
    said, stamp = _signing(agreement, signature, certificate, mark, method="certificate", at=at)
    return exchange.prepare(
        documents.present(agreement), _field(signature), certificates, said, partial(stamps.draw, stamp)
    )


def take(agreement: Agreement, signature: Signature, elsewhere: Elsewhere) -> dict[str, Any]:
    """Keep a document signed elsewhere; the answer says by what it is proved. Hold the agreement's row."""
    certificate = certificate_in(elsewhere.certificate.dump())
    mark = Mark(typed=signature.signer_name)
    _said, stamp = _signing(agreement, signature, certificate, mark, method="certificate", at=elsewhere.at)
    place = next(one for one in making.places(elsewhere.pdf) if one.key == _field(signature))
    agreement.document_digest = _files().put(elsewhere.pdf)
    _show(agreement, (stamp, place))
    return {
        "mark": "typed",
        "certificate": fingerprint(certificate),
        "issued_by": label(certificate.issuer),
        "document_before": elsewhere.before,
        "document": agreement.document_digest,
    }


@dataclass(frozen=True)
class Sealed:
    """A document with its seal, not kept yet: made of the version whose digest is ``before``."""

    before: str | None
    pdf: bytes
    stamped: Stamped


class NoTimeStamp(Exception):
    """The time stamp authority did not answer, or not as one that is trusted."""


def sealed(agreement: Agreement, times: Times | None = None, *, at: datetime | None = None) -> Sealed:
    """The document that all have signed with the last signature, which covers the whole file. Changes nothing.

    With ``times`` a network is asked, so let nobody wait for this; raises NoTimeStamp.
    """
    identity = authorities.seal_of(agreement.fair, at)
    said, stamp = _sealing(agreement, identity, at)
    try:
        pdf_file, stamped = _signed_in(agreement, SEAL, identity, said, stamp, times)
    except Exception as error:
        if times is None:
            raise
        raise NoTimeStamp from error
    return Sealed(agreement.document_digest, pdf_file, stamped)


def seal(agreement: Agreement, ready: Sealed | None = None) -> None:
    """Keep the sealed document; ``ready`` counts only if it was made of the present version."""
    if ready is None or ready.before != agreement.document_digest:
        ready = sealed(agreement)
    agreement.document_digest = _files().put(ready.pdf)
    _show(agreement, ready.stamped)


def store(agreements: Iterable[Agreement]) -> None:
    """Settle, sign and seal agreements that come from elsewhere completed: for loaders.

    Each must be complete before: number, code, parties with signed signatures, ``signed_on``, ``completed_at``;
    fair, parties and signatures loaded (``documents.load(id)`` does). Clauses that are missing are the standard
    ones of the kind. The signatures say the time that their rows say. About 0.4 s each.
    """
    for agreement in agreements:
        agreement.clauses = agreement.clauses or kinds.standard_clauses(agreement.kind)
        agreement.frozen_digest = content.digest(agreement)
        begin(agreement, at=agreement.created_at)
        stamped = []
        for signature in (one for party in agreement.parties for one in signed(party)):
            identity = identity_by_code(agreement, signature)
            stamped.append(_sign(agreement, signature, identity, Mark(typed=signature.signer_name)))
        ready = sealed(agreement, at=agreement.completed_at)
        agreement.document_digest = _files().put(ready.pdf)
        _show(agreement, *stamped, ready.stamped)


def _sign(agreement: Agreement, signature: Signature, identity: Identity, mark: Mark) -> Stamped:
    at = signature.signed_at or clock.now()
    said, stamp = _signing(agreement, signature, identity.certificate, mark, method=signature.method, at=at)
    return _put(agreement, _field(signature), identity, said, stamp)


def _field(signature: Signature) -> str:
    return signature.field or documents.field_of(signature.party)


def _signing(
    agreement: Agreement,
    signature: Signature,
    certificate: x509.Certificate,
    mark: Mark,
    *,
    method: str,
    at: datetime,
) -> tuple[Say, Stamp]:
    lines, name = [_when(agreement, at), LEVELS[method]], signature.signer_name
    if method == "certificate":
        lines, name = [*lines, *own_certificate.lines_of(certificate)], label(certificate.subject)
    said = say(agreement, LEVELS[method], name=signature.signer_name, at=at)
    return said, Stamp(name, lines, mark)


def _sealing(agreement: Agreement, identity: Identity, at: datetime | None) -> tuple[Say, Stamp]:
    name = label(identity.certificate.subject)
    stamp = Stamp(name, [_when(agreement, at or clock.now()), LEVELS["seal"]])
    return say(agreement, LEVELS["seal"], name=name, at=at), stamp


def seal_marks(agreement: Agreement, identity: Identity) -> tuple[Say, Draw]:
    """What a seal of this agreement's fair says, and how it looks: for papers beside the document."""
    said, stamp = _sealing(agreement, identity, None)
    return said, partial(stamps.draw, stamp)


def identity_by_code(agreement: Agreement, signature: Signature) -> Identity:
    """A certificate of the fair's own for a signature by mailed code."""
    name, party = signature.signer_name, signature.party.name_vi
    return authorities.for_signer(agreement.fair, name, party, signature.signer_email, signature.signed_at)


def signed(party: Party) -> list[Signature]:
    return [signature for signature in party.signatures if signature.state == "signed"]


def _put(agreement: Agreement, field: str, identity: Identity, said: Say, stamp: Stamp) -> Stamped:
    """Sign in a field and keep the file; the answer is what is now to be seen where."""
    signed_file, stamped = _signed_in(agreement, field, identity, said, stamp)
    agreement.document_digest = _files().put(signed_file)
    return stamped


def _signed_in(
    agreement: Agreement, field: str, identity: Identity, said: Say, stamp: Stamp, times: Times | None = None
) -> tuple[bytes, Stamped]:
    places: list[Place] = []

    def draw(place: Place) -> bytes:
        places.append(place)
        return stamps.draw(stamp, place)

    signed_file = making.sign(documents.present(agreement), field, identity, said, draw, times)
    return signed_file, (stamp, places[0])


def _show(agreement: Agreement, *stamped: Stamped) -> None:
    """Put stamps on the pictures of the pages."""
    pages = list(agreement.page_digests)
    for number in {place.page for _stamp, place in stamped}:
        here = [one for one in stamped if one[1].page == number]
        pages[number - 1] = _files().put(stamps.show(_files().read(pages[number - 1]), here))
    agreement.page_digests = pages


def say(agreement: Agreement, reason: str, *, name: str = "", at: datetime | None = None) -> Say:
    return Say(reason, f"{current_app.config['BASE_URL']}/verify/{agreement.code}", name, at)


def _when(agreement: Agreement, at: datetime) -> str:
    return formats.format_datetime(at, agreement.fair.timezone, "vi")


def _files() -> FileStore:
    files: FileStore = current_app.extensions["files"]
    return files

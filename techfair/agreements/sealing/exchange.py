"""Signing where the key is elsewhere, on a card or at a service, in two steps: digest out, signature in.

``prepare`` fixes the bytes and says what must be signed; the key's keeper signs it; ``finish`` puts the signature in.
Whatever keeps a key is a ``RemoteKey``: a program that talks to a card reader or a service implements these two
members and nothing else. ``csc.py`` is one that speaks the API of the Cloud Signature Consortium.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Protocol

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.signers import ExternalSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko_certvalidator.registry import SimpleCertificateStore

from techfair.agreements.sealing import aside, making
from techfair.agreements.sealing.lasting import Addition
from techfair.agreements.sealing.making import DatedSigner, Draw, Say


class RemoteKey(Protocol):
    """A key that never leaves its keeper."""

    def certificates(self) -> list[x509.Certificate]:
        """The signer's certificate, then those above it."""

    def sign_digest(self, digest: bytes) -> bytes:
        """The signature over a SHA-256 digest: PKCS #1 v1.5 for RSA, DER for EC."""


class SignatureWrong(Exception):
    """What came back is no signature of these bytes by this certificate: nothing is put into the document."""


@dataclass(frozen=True)
class Prepared:
    """A document that waits for a signature made elsewhere; plain bytes, so it may be kept between two requests."""

    pdf: bytes
    document_digest: bytes
    start: int
    end: int
    attributes: bytes  # what is signed, in DER

    @property
    def digest(self) -> bytes:
        """What the key's keeper signs."""
        return sha256(self.attributes).digest()


def prepare(
    pdf: bytes, field: str, certificates: list[x509.Certificate], say: Say, draw: Draw | None = None
) -> Prepared:
    """Make everything of a signature but the signature itself; the document given stays as it is."""
    return aside.run(lambda: asyncio.run(_prepared(pdf, field, certificates, say, draw)))


def finish(prepared: Prepared, certificates: list[x509.Certificate], signature: bytes) -> bytes:
    """The signed document; raises SignatureWrong."""
    _require_right(certificates[0], prepared.attributes, signature)
    return aside.run(lambda: asyncio.run(_finished(prepared, certificates, signature)))


def sign(pdf: bytes, field: str, key: RemoteKey, say: Say, draw: Draw | None = None) -> bytes:
    """Both steps at once, for a key whose keeper answers at once; raises SignatureWrong."""
    certificates = key.certificates()
    prepared = prepare(pdf, field, certificates, say, draw)
    return finish(prepared, certificates, key.sign_digest(prepared.digest))


async def _prepared(
    pdf: bytes, field: str, certificates: list[x509.Certificate], say: Say, draw: Callable[..., bytes] | None
) -> Prepared:
    place = next(one for one in making.places(pdf) if one.key == field)
    style = making.stamp_style(draw(place) if draw else None)
    signer = _signer(certificates, 512)
    pdf_signer = DatedSigner(making.metadata(field, say), signer, stamp_style=style, at=say.at)
    room = making.ROOM + sum(len(one.dump()) for one in certificates)
    digest, _tbs, out = await pdf_signer.async_digest_doc_for_signing(
        Addition(pdf), existing_fields_only=True, bytes_reserved=2 * room
    )
    attributes = await signer.signed_attrs(digest.document_digest, "sha256", use_pades=True)
    out.seek(0)
    start, end = digest.reserved_region_start, digest.reserved_region_end
    return Prepared(out.read(), digest.document_digest, start, end, attributes.dump())


async def _finished(prepared: Prepared, certificates: list[x509.Certificate], signature: bytes) -> bytes:
    signer, out = _signer(certificates, signature), BytesIO(prepared.pdf)
    attributes = cms.CMSAttributes.load(prepared.attributes)
    made = await signer.async_sign_prescribed_attributes("sha256", attributes)
    digest = PreparedByteRangeDigest(prepared.document_digest, prepared.start, prepared.end)
    await PdfTBSDocument.async_finish_signing(out, digest, made)
    return out.getvalue()


def _signer(certificates: list[x509.Certificate], signature: bytes | int) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple(certificates[1:])
    return ExternalSigner(certificates[0], store, signature)


def _require_right(certificate: x509.Certificate, attributes: bytes, signature: bytes) -> None:
    key = load_der_x509_certificate(certificate.dump()).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
        else:
            raise SignatureWrong
    except InvalidSignature:
        raise SignatureWrong from None

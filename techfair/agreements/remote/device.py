"""A signature by a card or USB token at the signer's own desk, in two steps: certificate in, then signature in.

The server prepares the document for a certificate and gives the bytes to sign, with their digest; whatever program
talks to the device signs them; what comes back is checked against the certificate before it is put in.
"""

import base64
import binascii
from datetime import timedelta

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import pkcs7
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from techfair.agreements import documents, filing, own_certificate, signing
from techfair.agreements.models import Signature
from techfair.agreements.remote import waiting
from techfair.agreements.remote.models import DeviceSigning
from techfair.agreements.sealing import exchange
from techfair.agreements.sealing.exchange import Prepared, SignatureWrong
from techfair.agreements.sealing.identities import as_asn1
from techfair.core import clock
from techfair.core.errors import TechfairError
from techfair.core.refusal import InputRefused
from techfair.extensions import db

LIVES = timedelta(minutes=30)
MOST_CERTIFICATES = 6
CURVE_BYTES = {64, 96, 132}  # r and s side by side, as cards give them


class NotPrepared(TechfairError):
    code, status = "not_prepared", 409
    message = _l("More than 30 minutes went by, or somebody else signed meanwhile. Nothing was lost: begin once more.")


class WrongSignature(InputRefused):
    """What came back is not by this certificate over these bytes."""

    def __init__(self) -> None:
        super().__init__(
            "wrong_signature",
            _l("This is no signature of these bytes by your certificate. Nothing was changed; sign the file again."),
        )


def read_certificates(file: bytes) -> list[asn1_x509.Certificate]:
    """The signer's certificate, then the others of a file in PEM, DER or PKCS#7; raises CertificateRefused."""
    for load in (
        x509.load_pem_x509_certificates,
        lambda data: [x509.load_der_x509_certificate(data)],
        pkcs7.load_pem_pkcs7_certificates,
        pkcs7.load_der_pkcs7_certificates,
    ):
        try:
            found = load(file)
        except Exception:  # noqa: S112  (each reads one form; readers raise what a strange file makes them raise)
            continue
        if 1 <= len(found) <= MOST_CERTIFICATES:
            return [as_asn1(one) for one in sorted(found, key=_is_authority)]
    message = _l("This is no certificate (.cer, .crt, .pem or .p7b). Export it from your token’s program.")
    raise own_certificate.CertificateRefused("not_a_certificate", message)


def prepare(signature_id: int, file: bytes) -> None:
    """Prepare the document for the certificate in a file; what was prepared before ends.

    The issuer is asked, so the transaction ends before. Raises CertificateRefused, StepSkipped.
    """
    certificates = read_certificates(file)
    signature = db.session.get_one(Signature, signature_id)
    signing.require_turn(signature, documents.load(signature.agreement_id))
    own_certificate.require_right(certificates, signature)
    said = own_certificate.ask_issuer(certificates)
    signature = db.session.get_one(Signature, signature_id)
    agreement = documents.load(signature.agreement_id, for_update=True)
    signing.require_turn(signature, agreement)
    at = clock.now()
    ready = filing.prepared(agreement, signature, certificates, at)
    end(signature_id)
    kept = waiting.kept(ready, certificates, agreement.document_digest, at, said)
    db.session.add(DeviceSigning(signature_id=signature_id, kept=kept, started_at=at))


def waiting_for(signature: Signature) -> Prepared | None:
    """The document that waits for this signer's device."""
    row = _row(signature.id)
    return None if row is None else waiting.prepared(row.kept)


def take(signature_id: int, sent: bytes) -> None:
    """Put a signature in that came back: bytes, Base64 or hexadecimal.

    Raises WrongSignature, which leaves everything as it was, and NotPrepared.
    """
    signature = db.session.get_one(Signature, signature_id)
    agreement = documents.load(signature.agreement_id, for_update=True)
    signing.require_turn(signature, agreement)
    row = _row(signature_id)
    if row is None or row.kept["before"] != agreement.document_digest:
        raise NotPrepared
    file = _finished(waiting.prepared(row.kept), waiting.certificates(row.kept), sent)
    elsewhere, said = waiting.signed(row.kept, file), row.kept["issuer_says"]
    end(signature_id)
    signing.sign_elsewhere(signature, agreement, elsewhere, issuer_says=said, where="on a device of the signer's")


def end(signature_id: int) -> None:
    """Forget what was prepared for a signer, and whatever nobody finished in time."""
    old = DeviceSigning.started_at < clock.now() - LIVES
    db.session.execute(delete(DeviceSigning).where((DeviceSigning.signature_id == signature_id) | old))


def _row(signature_id: int) -> DeviceSigning | None:
    row = db.session.get(DeviceSigning, signature_id)
    return row if row is not None and row.started_at > clock.now() - LIVES else None


def _finished(ready: Prepared, certificates: list[asn1_x509.Certificate], sent: bytes) -> bytes:
    for form in _forms(sent):
        try:
            return exchange.finish(ready, certificates, form)
        except SignatureWrong:
            continue
    raise WrongSignature


def _forms(sent: bytes) -> list[bytes]:
    """Whatever a program may mean by the bytes it wrote."""
    forms, text = [sent], b"".join(sent.split())
    for read in (binascii.unhexlify, lambda data: base64.b64decode(data, validate=True)):
        try:
            forms.append(read(text))
        except ValueError:
            continue
    halves = [(one[: len(one) // 2], one[len(one) // 2 :]) for one in forms if len(one) in CURVE_BYTES]
    return forms + [encode_dss_signature(int.from_bytes(r), int.from_bytes(s)) for r, s in halves]


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False

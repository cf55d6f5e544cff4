"""Signing by the signer's own certificate: whose it must be, and that it holds at this moment."""

from collections.abc import Sequence
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.agreements.models import Signature
from techfair.agreements.sealing.identities import Identity, as_asn1, label
from techfair.agreements.sealing.pkcs12 import NotOpened, open_identity
from techfair.agreements.sealing.reading import certificate_in
from techfair.agreements.sealing.trusting import Judge, tax_code
from techfair.agreements.trust import anchors, asking
from techfair.core import clock, formats
from techfair.core.languages import language
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import search_key
from techfair.extensions import db

MOST_BYTES = 100_000
MESSAGES: dict[str, LazyString] = {
    "not_pkcs12": _l("This is no certificate file (PKCS#12, .p12 or .pfx)."),
    "wrong_password": _l("The password does not open this file. Nothing was signed; try again."),
    "old_encryption": _l(
        "This file uses an encryption that is no longer safe. Export it again from your certificate’s program with"
        " AES-256, then choose that file."
    ),
    "no_key": _l("This file holds no private key. Export it again together with the key."),
    "weak_key": _l("The key in this file is too short or of another kind. RSA of 2048 bits or more, or EC, is needed."),
    "expired": _l("This certificate has run out."),
    "not_yet_valid": _l("This certificate is not valid yet."),
    "withdrawn": _l("This certificate was withdrawn by its issuer."),
    "issuer_withdrawn": _l("The certificate of this certificate’s issuer was withdrawn."),
    "wrong_purpose": _l("This certificate is not for signing documents."),
    "unknown_issuer": _l(
        "The issuer of this certificate is not trusted here. Sign by the mailed code, or ask the organizer."
    ),
}


class CertificateRefused(InputRefused):
    """A certificate that does not sign here; ``code`` as in MESSAGES, or wrong_name, wrong_tax_code."""


def from_file(file: bytes, password: str, signature: Signature) -> Identity:
    """The identity in a PKCS#12 file if it may sign here; raises CertificateRefused. Nothing of it is kept."""
    identity = _opened(file, password)
    require_right(all_of(identity), signature)
    return identity


def all_of(identity: Identity) -> list[asn1_x509.Certificate]:
    """The certificate of an identity, then those above it."""
    return [as_asn1(one) for one in (identity.certificate, *identity.chain)]


def open_for_seal(file: bytes, password: str) -> Identity:
    """The identity in a PKCS#12 file if it may seal here; raises CertificateRefused."""
    identity = _opened(file, password)
    require_valid(as_asn1(identity.certificate), [as_asn1(one) for one in identity.chain])
    return identity


def require_right(certificates: Sequence[asn1_x509.Certificate], signature: Signature) -> None:
    """Refuse a signer's certificate, given with those above it, that may not sign here; raises CertificateRefused."""
    require_valid(certificates[0], certificates[1:])
    _require_right_bearer(certificates[0], signature)


def ask_issuer(certificates: Sequence[asn1_x509.Certificate]) -> str:
    """What the issuer says now: good, or unknown where it does not answer; raises CertificateRefused.

    This asks a network for some seconds: it ends the transaction before, so that nobody waits meanwhile.
    """
    roots = [certificate_in(root) for root in anchors.believed().roots]
    db.session.rollback()
    asked, *above = [certificate_in(one.dump()) for one in certificates]
    said = asking.withdrawal(asked, above, roots)
    if said in MESSAGES:
        raise CertificateRefused(said, MESSAGES[said])
    return said


def _opened(file: bytes, password: str) -> Identity:
    try:
        return open_identity(file, password)
    except NotOpened as refusal:
        raise CertificateRefused(refusal.code, MESSAGES[refusal.code]) from None


def require_valid(certificate: asn1_x509.Certificate, chain: Sequence[asn1_x509.Certificate]) -> None:
    """Refuse a certificate that does not hold now; raises CertificateRefused."""
    trust = anchors.believed()
    judge = Judge(trust, trust.lists)
    judged = judge.judge(certificate, chain, proven_at=None, claimed_at=None, now=clock.now())
    if judged.reason:
        message = MESSAGES[judged.reason]
        if day := _day(certificate, judged.reason):
            message = _l("%(what)s It is valid from %(start)s to %(end)s.", what=message, **day)
        raise CertificateRefused(judged.reason, message)


def _require_right_bearer(certificate: asn1_x509.Certificate, signature: Signature) -> None:
    """The bearer is the signer, or the party itself: by name, and by tax code where the certificate has one."""
    party, code = signature.party, tax_code(certificate.subject)
    if code and party.tax_code and code != party.tax_code:
        message = _l(
            "This certificate is for the tax code %(other)s; the party has %(own)s.", other=code, own=party.tax_code
        )
        raise CertificateRefused("wrong_tax_code", message)
    bearer = label_of(certificate)
    names = {
        search_key(name)
        for name in (signature.signer_name, party.name_vi, party.name_en, signature.signer_email)
        if name
    }
    if search_key(bearer) not in names and not (code and code == party.tax_code):
        message = _l(
            "This certificate is of %(bearer)s; %(signer)s is asked to sign.",
            bearer=bearer,
            signer=signature.signer_name,
        )
        raise CertificateRefused("wrong_name", message)


def label_of(certificate: asn1_x509.Certificate) -> str:
    """The bearer's name, else the e-mail address that stands for it."""
    native = certificate.subject.native
    return str(native.get("common_name") or native.get("email_address") or certificate.subject.human_friendly)


def lines_of(certificate: x509.Certificate) -> list[str]:
    """What a stamp says of a certificate: its tax code and who issued it."""
    code = tax_code(as_asn1(certificate).subject)
    return [*([f"MST / Tax code: {code}"] if code else []), f"CA: {label(certificate.issuer)}"]


def _day(certificate: asn1_x509.Certificate, reason: str) -> dict[str, str]:
    if reason not in {"expired", "not_yet_valid"}:
        return {}
    start: datetime = certificate.not_valid_before
    end: datetime = certificate.not_valid_after
    return {"start": formats.format_date(start.date(), language()), "end": formats.format_date(end.date(), language())}

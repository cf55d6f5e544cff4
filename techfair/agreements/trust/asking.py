"""Asking a certificate's issuer, at the moment of signing, whether it was withdrawn: by OCSP, else by its list.

RFC 6960, RFC 5280. Only certificates whose chain is believed lead anywhere. An issuer that does not answer within some
seconds keeps nobody from signing; the evidence says so.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from techfair.agreements.sealing.identities import DER
from techfair.agreements.sealing.reading import list_in
from techfair.core import clock, outside

PATIENCE = 6.0  # seconds for all questions together
CLOCKS_DIFFER = timedelta(minutes=10)
MOST_ADDRESSES = 2
MOST_STEPS = 5  # from a signer's certificate up to a root


def withdrawal(
    certificate: x509.Certificate, above: Iterable[x509.Certificate], roots: Iterable[x509.Certificate] = ()
) -> str:
    """``withdrawn``, ``issuer_withdrawn`` for one above it, ``good`` where everyone was asked up to a root and said so,
    else ``unknown``. Asks a network: hold no lock meanwhile.
    """
    until, believed, said = monotonic() + PATIENCE, list(roots), []
    known, asked = [*believed, *above], certificate
    for _step in range(MOST_STEPS):
        issuer = next((one for one in known if _is_issuer(one, asked)), None)
        if issuer is None:
            return "unknown"
        said.append(_of_one(asked, issuer, until))
        if said[-1] == "withdrawn":
            return "withdrawn" if asked is certificate else "issuer_withdrawn"
        if issuer in believed or issuer.subject == issuer.issuer:
            return "good" if set(said) == {"good"} else "unknown"
        asked = issuer
    return "unknown"


def _of_one(certificate: x509.Certificate, issuer: x509.Certificate, until: float) -> str:
    for address in _responders(certificate):
        if (said := _by_ocsp(address, certificate, issuer, until)) is not None:
            return said
    for address in _lists(certificate):
        if (said := _by_list(address, certificate, issuer, until)) is not None:
            return said
    return "unknown"


def _by_ocsp(address: str, certificate: x509.Certificate, issuer: x509.Certificate, until: float) -> str | None:
    asked = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()  # noqa: S303
    headers = {"Content-Type": "application/ocsp-request"}
    said = _fetched(address, asked.public_bytes(DER), headers, until)
    try:
        answer = ocsp.load_der_ocsp_response(said or b"")
        if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL or not _is_theirs(answer, issuer):
            return None
        is_about = answer.serial_number == certificate.serial_number
        if not is_about or not _is_fresh(answer.this_update_utc, answer.next_update_utc):
            return None
    except ValueError:
        return None
    words = {ocsp.OCSPCertStatus.REVOKED: "withdrawn", ocsp.OCSPCertStatus.GOOD: "good"}
    return words.get(answer.certificate_status)


def _by_list(address: str, certificate: x509.Certificate, issuer: x509.Certificate, until: float) -> str | None:
    given = list_in(_fetched(address, None, {}, until) or b"")
    if given is None or given.issuer != issuer.subject:
        return None
    if not given.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]
        return None
    if not _is_fresh(given.last_update_utc, given.next_update_utc):
        return None
    return "withdrawn" if given.get_revoked_certificate_by_serial_number(certificate.serial_number) else "good"


def _fetched(address: str, body: bytes | None, headers: dict[str, str], until: float) -> bytes | None:
    left = until - monotonic()
    if left <= 0:
        return None
    with suppress(outside.Unreachable):
        answer = outside.fetch(address, body, headers=headers, seconds=left)
        return answer.body if answer.status == 200 else None
    return None


def _is_theirs(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Whether the issuer signed the answer, or somebody whom it certified for answering (4.2.2.2)."""
    named = [one for one in answer.certificates if _is_issuer(issuer, one) and _may_answer(one)]
    return any(_has_signed(one, answer) for one in (issuer, *named))


def _may_answer(certificate: x509.Certificate) -> bool:
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    is_in_force = certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc
    return is_in_force and ExtendedKeyUsageOID.OCSP_SIGNING in purposes


def _has_signed(certificate: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    key, algorithm = certificate.public_key(), answer.signature_hash_algorithm
    if algorithm is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _is_issuer(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_fresh(start: datetime, end: datetime | None) -> bool:
    return start - CLOCKS_DIFFER <= clock.now() and (end is None or clock.now() <= end + CLOCKS_DIFFER)


def _responders(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    named = [one for one in found if one.access_method == AuthorityInformationAccessOID.OCSP]
    return list(_addresses(one.access_location for one in named))[:MOST_ADDRESSES]


def _lists(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return list(_addresses(name for point in found for name in point.full_name or ()))[:MOST_ADDRESSES]


def _addresses(names: Iterable[x509.GeneralName]) -> Iterator[str]:
    yield from (one.value for one in names if isinstance(one, x509.UniformResourceIdentifier))

"""A hall server's own certificate authority, for halls without a certificate that phones trust already.

Who trusts it trusts it for this hall alone: its certificate names the only names and addresses that it may vouch
for (name constraints, RFC 5280 section 4.2.1.10). The authority stays when the server's own certificate is renewed,
so a phone is led through it once.
"""

import ipaddress
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from techfair.core import clock
from techfair.settings import Settings

CERTIFICATE, KEY = "authority.pem", "authority.key"
OWN_CERTIFICATE, OWN_KEY = "server.pem", "server.key"
AUTHORITY_DAYS, OWN_DAYS = 730, 180  # phones refuse a server's certificate that lasts longer than 825 days
RENEW_BEFORE = timedelta(days=30)
AT_HOME = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")  # RFC 1918: a router may change addresses


def folder(settings: Settings) -> Path:
    return settings.instance / "hall"


def certificate_for(names: list[str], settings: Settings) -> tuple[Path, Path]:
    """The files of a certificate for these names and addresses, and of its key; made or renewed where needed."""
    place = folder(settings)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _vouches_for(place / CERTIFICATE, names):
        _make_authority(place, names)
    if not _is_good(place / OWN_CERTIFICATE, names, place / CERTIFICATE):
        _make_own(place, names)
    return place / OWN_CERTIFICATE, place / OWN_KEY


def fingerprint(file: Path) -> str:
    """The SHA-256 of a certificate, in pairs, as phones show it."""
    digest = _read(file).fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def as_der(file: Path) -> bytes:
    return _read(file).public_bytes(serialization.Encoding.DER)


def _make_authority(place: Path, names: list[str]) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), _name(f"techfair {names[0]}")
    permitted: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(range)) for range in AT_HOME]
    permitted += [_constraint(one) for one in names]
    certificate = (
        _builder(key, name, name, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(place / KEY, _secret(key))
    _write(place / CERTIFICATE, certificate.public_bytes(serialization.Encoding.PEM))


def _make_own(place: Path, names: list[str]) -> None:
    authority, key = _read(place / CERTIFICATE), ec.generate_private_key(ec.SECP256R1())
    signer: Any = serialization.load_pem_private_key((place / KEY).read_bytes(), None)
    certificate = (
        _builder(key, _name(names[0]), authority.subject, OWN_DAYS)
        .add_extension(x509.SubjectAlternativeName([_general(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write(place / OWN_KEY, _secret(key))
    chain = (certificate, authority)
    _write(place / OWN_CERTIFICATE, b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain))


def _builder(
    key: ec.EllipticCurvePrivateKey, subject: x509.Name, issuer: x509.Name, days: int
) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # a phone's clock may be behind
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _constraint(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _vouches_for(file: Path, names: Iterable[str]) -> bool:
    """Whether the authority lasts, and may vouch for all these names."""
    if not file.exists():
        return False
    certificate = _read(file)
    constraints = certificate.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    networks = [one.value for one in constraints if isinstance(one, x509.IPAddress)]
    dns = {one.value for one in constraints if isinstance(one, x509.DNSName)}
    return _lasts(certificate) and all(name in dns or _is_inside(name, networks) for name in names)


def _is_inside(name: str, networks: Iterable[object]) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return any(address in network for network in networks)  # type: ignore[operator]


def _is_good(file: Path, names: list[str], authority: Path) -> bool:
    """Whether the server's own certificate lasts, is for these names, and from this authority."""
    if not file.exists():
        return False
    certificate = _read(file)
    meant = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    is_ours = certificate.issuer == _read(authority).subject and _is_signed_by(certificate, _read(authority))
    return is_ours and _lasts(certificate) and list(meant) == [_general(one) for one in names]


def _is_signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except Exception:  # whatever is wrong with it, a new one is made
        return False
    return True


def _lasts(certificate: x509.Certificate) -> bool:
    until: datetime = certificate.not_valid_after_utc
    return until - clock.now() > RENEW_BEFORE


def _read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, form, serialization.NoEncryption())


def _write(file: Path, data: bytes) -> None:
    """A file for its owner alone, whole or not at all."""
    new = file.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    new.replace(file)

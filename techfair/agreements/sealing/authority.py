"""A certificate authority of one's own: its root, what it issues, and its list of withdrawn certificates.

RFC 5280. Keys are EC P-256: quick to make, and every reader of PDF checks them.
"""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from techfair.agreements.sealing.identities import DER, Identity

LIFE = timedelta(days=30 * 365)  # an agreement is followed for years, and its evidence must outlive it
SLACK = timedelta(hours=1)  # clocks differ: what is signed now must not look signed before the certificate
LONGEST = {"common_name": 64, "organisation": 64, "unit": 64}  # upper bounds of RFC 5280, appendix A


def name(common_name: str, organisation: str = "", unit: str = "") -> x509.Name:
    """A distinguished name; each part is cut where RFC 5280 ends it."""
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, organisation[: LONGEST["organisation"]]),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, unit[: LONGEST["unit"]]),
        (NameOID.COMMON_NAME, common_name[: LONGEST["common_name"]]),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def found(subject: x509.Name, at: datetime) -> Identity:
    """A new authority: its key and the root certificate that it signs for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(subject, key.public_key(), subject, at, at + LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return Identity(builder.sign(key, hashes.SHA256()), key)


def issue(authority: Identity, subject: x509.Name, at: datetime, *, email: str = "") -> Identity:
    """A certificate for signing documents, with a key of its own, valid as long as the authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    root = authority.certificate
    builder = _builder(subject, key.public_key(), root.subject, at, root.not_valid_after_utc)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())  # type: ignore[arg-type]
    builder = builder.add_extension(issuer_key, critical=False)
    if email.isascii() and email:
        named = x509.SubjectAlternativeName([x509.RFC822Name(email)])
        builder = builder.add_extension(named, critical=False)
    certificate = builder.sign(authority.key, hashes.SHA256())  # type: ignore[arg-type]
    return Identity(certificate, key, (root,))


def withdrawn_list(authority: Identity, at: datetime) -> bytes:
    """The authority's signed list of withdrawn certificates: none, for their keys live for one signature."""
    root = authority.certificate
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(at - SLACK).next_update(at + timedelta(days=30))
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())  # type: ignore[arg-type]
    builder = builder.add_extension(issuer_key, critical=False)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(DER)  # type: ignore[arg-type]


def _builder(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, issuer: x509.Name, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before((start - SLACK).replace(microsecond=0))
    builder = builder.not_valid_after(end.replace(microsecond=0))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _usage(**wanted: bool) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement"
        " key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{bit: wanted.get(bit, False) for bit in every.split()})

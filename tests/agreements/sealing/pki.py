"""Authorities, signers and a time stamp authority, made anew for each run; and a document signed by them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pikepdf
from asn1crypto import keys as asn1_keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from techfair.agreements.sealing import authority, making
from techfair.agreements.sealing.findings import Trust
from techfair.agreements.sealing.identities import DER, Identity, as_asn1, der, fingerprint, store
from techfair.agreements.sealing.making import Place, Say, Times
from techfair.agreements.sealing.trusting import Judge

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
SAY = Say("Ký / Signed", "http://localhost/verify/TESTCODE22")


@cache
def root() -> Identity:
    """The authority that everything here is issued by."""
    return authority.found(authority.name("Thử nghiệm CA", "Tổ chức thử nghiệm"), NOW - 900 * DAY)


def issue(
    name: str,
    start: datetime = NOW - 2 * DAY,
    days: int = 365,
    *purposes: x509.ObjectIdentifier,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
) -> Identity:
    """A person's certificate with an RSA key as tokens have it, or with ``key``, for the purposes given."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer = root().certificate
    builder = x509.CertificateBuilder().subject_name(authority.name(name, "Đơn vị thử")).issuer_name(issuer.subject)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + days * DAY)
    signs = authority._usage(digital_signature=True, content_commitment=True)
    builder = builder.add_extension(signs, critical=True)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return Identity(builder.sign(root().key, hashes.SHA256()), key, (issuer,))


def trust(*lists: bytes) -> Trust:
    mine = root().certificate
    return Trust((der(mine),), frozenset([fingerprint(mine)]), lists)


def withdrawn_list(identity: Identity, on: datetime) -> bytes:
    """The authority's list, with one certificate on it."""
    entry = x509.RevokedCertificateBuilder().serial_number(identity.certificate.serial_number).revocation_date(on)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root().certificate.subject)
    builder = builder.last_update(NOW - DAY).next_update(NOW + DAY).add_revoked_certificate(entry.build())
    return builder.sign(root().key, hashes.SHA256()).public_bytes(DER)


def times(at: datetime | None, *, long_term: bool = False) -> Times:
    """A time stamp authority whose clock stands at a moment."""
    identity = issue("Thử nghiệm TSA", NOW - 800 * DAY, 2000, ExtendedKeyUsageOID.TIME_STAMPING)
    stamper = DummyTimeStamper(
        tsa_cert=as_asn1(identity.certificate),
        tsa_key=asn1_keys.PrivateKeyInfo.load(identity.key_bytes()),
        certs_to_embed=store(identity.chain),
        fixed_dt=at,
        include_nonce=False,
    )
    return Times(stamper, Judge(trust()).context(at or NOW), long_term)


def blank() -> bytes:
    """Two pages with words, and room for nothing yet."""
    made = pikepdf.new()
    for words in (b"12 ty dong", b"Chu ky"):
        page = made.add_blank_page(page_size=(595, 842))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 72 700 Td (" + words + b") Tj ET")
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


PLACES = [Place(key, 2, 80, 100 + 80 * n, 200, 60) for n, key in enumerate(("PartyA", "PartyB", "Seal"))]


def signed(pdf: bytes, *fields: str, by: Identity | None = None, **more: object) -> bytes:
    """A PDF certified, and signed in fields in order."""
    identity = by or issue("Người ký thử")
    pdf = making.certify(pdf, PLACES, issue("Ban tổ chức"), SAY)
    for field in fields:
        pdf = making.sign(pdf, field, identity, SAY, **more)
    return pdf


@cache
def finished() -> bytes:
    """A document that both parties signed and the organizer sealed."""
    return signed(blank(), "PartyA", "PartyB", "Seal")

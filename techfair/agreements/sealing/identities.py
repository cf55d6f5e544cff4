"""Who signs, as cryptography knows it: a certificate, its chain, and the private key while it is in use."""

from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

DER = serialization.Encoding.DER


@dataclass(frozen=True)
class Identity:
    """A certificate with the certificates above it; its key never shows in a log or a traceback."""

    certificate: x509.Certificate
    key: PrivateKeyTypes = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    def key_bytes(self) -> bytes:
        """The key unprotected, in DER: only to be encrypted at once."""
        return self.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

    def signer(self) -> SimpleSigner:
        """What pyHanko signs with."""
        return SimpleSigner(
            signing_cert=as_asn1(self.certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(self.key_bytes()),
            cert_registry=store(self.chain),
        )


def read_identity(certificate: bytes, key: bytes, chain: list[bytes]) -> Identity:
    """An identity from the DER bytes it was kept in."""
    return Identity(
        x509.load_der_x509_certificate(certificate),
        serialization.load_der_private_key(key, None),
        tuple(x509.load_der_x509_certificate(one) for one in chain),
    )


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(der(certificate))


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(DER)


def store(certificates: tuple[x509.Certificate, ...]) -> SimpleCertificateStore:
    """Certificates as pyHanko wants them kept."""
    kept = SimpleCertificateStore()
    kept.register_multiple([as_asn1(one) for one in certificates])
    return kept


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def name_in(name: x509.Name, oid: x509.ObjectIdentifier = NameOID.COMMON_NAME) -> str:
    """The value of an attribute of a name, by default the common name; empty where there is none."""
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def label(name: x509.Name) -> str:
    """What to call the bearer of a name: common name, else organisation, else address, else all of it."""
    oids = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.EMAIL_ADDRESS)
    return next((found for oid in oids if (found := name_in(name, oid))), name.rfc4514_string())


def is_in_force(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc

"""A person's certificate and key from a PKCS#12 file (RFC 7292): in memory for one signature, then forgotten."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from techfair.agreements.sealing.identities import Identity

SHORTEST_RSA = 2048


class NotOpened(Exception):
    """Why a file gives no identity: not_pkcs12, wrong_password, old_encryption, no_key or weak_key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_identity(file: bytes, password: str) -> Identity:
    """The certificate, its key and chain; raises NotOpened, whose text never holds the password."""
    if file[:1] != b"\x30":
        raise NotOpened("not_pkcs12")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(file, password.encode())
    except UnsupportedAlgorithm:
        raise NotOpened("old_encryption") from None
    except ValueError as error:
        raise NotOpened("wrong_password" if "password" in str(error).lower() else "not_pkcs12") from None
    if key is None or certificate is None:
        raise NotOpened("no_key")
    if not isinstance(key, ec.EllipticCurvePrivateKey) and not _is_long_rsa(key):
        raise NotOpened("weak_key")
    return Identity(certificate, key, _chain(certificate, others))


def _is_long_rsa(key: object) -> bool:
    return isinstance(key, rsa.RSAPrivateKey) and key.key_size >= SHORTEST_RSA


def _chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The issuers among ``others`` in order; what does not belong to the chain is left out."""
    chain: list[x509.Certificate] = []
    last = certificate
    while found := next((one for one in others if one.subject == last.issuer and one not in (*chain, last)), None):
        chain.append(found)
        last = found
    return tuple(chain)

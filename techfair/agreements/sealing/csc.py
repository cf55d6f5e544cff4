"""Keys at a remote signing service that speaks the API of the Cloud Signature Consortium, version 2.

Sections of CSC API v2.0: 8.4 oauth2/authorize and oauth2/token (with PKCE, RFC 7636), 11.4 credentials/list, 11.5
credentials/info, 11.6 credentials/authorize (explicit mode, by PIN and one-time password), 11.10 signatures/signHash.
The access token comes from the service's own sign-in (8.2) and, like PIN and one-time password, is sent and not kept.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from asn1crypto import x509

SHA256 = "2.16.840.1.101.3.4.2.1"
SIGNING = {"rsa": "1.2.840.113549.1.1.11", "ec": "1.2.840.10045.4.3.2"}  # with SHA-256
PATIENCE = 10
MOST_BYTES = 1_000_000


class ServiceRefused(Exception):
    """The service answered with an error, or not at all; ``code`` is its own word (10.1), or unreachable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Post = Callable[[str, bytes, dict[str, str]], tuple[int, bytes]]


def ask_directly(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """POST to an address that the operator has set; raises ServiceRefused where nobody answers."""
    asked = Request(url, body, headers)  # noqa: S310 - the operator's setting, no reader's
    try:
        with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.status, answer.read(MOST_BYTES)
    except HTTPError as error:
        return error.code, error.read(MOST_BYTES)
    except (URLError, TimeoutError) as error:
        raise ServiceRefused("unreachable") from error


@dataclass(frozen=True)
class Service:
    """A service and what it knows us by; people sign in there and release their keys on its own pages."""

    address: str  # its base, such as https://service.example.vn/csc/v2
    client_id: str
    secret: str = field(repr=False)
    post: Post = field(default=ask_directly, repr=False)

    def authorize_address(self, back: str, asked: dict[str, str]) -> str:
        """Where a person goes; comes back with a code for ``token``."""
        given = {"response_type": "code", "client_id": self.client_id, "redirect_uri": back, "scope": "service"}
        return f"{self.address}/oauth2/authorize?{urlencode(given | asked)}"

    def token(self, code: str, verifier: str, back: str) -> str:
        """The access token for a code: for the service, or, after a release, the activation data of the key (SAD)."""
        given = {"grant_type": "authorization_code", "code": code, "client_id": self.client_id}
        given |= {"client_secret": self.secret, "redirect_uri": back, "code_verifier": verifier}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        told = _read(*self.post(f"{self.address}/oauth2/token", urlencode(given).encode(), headers))
        return str(told["access_token"])

    def credentials(self, token: str) -> list[str]:
        """The ids of the keys of who signed in."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        told = _read(*self.post(f"{self.address}/credentials/list", b"{}", headers))
        return [str(one) for one in told["credentialIDs"]]


@dataclass(frozen=True)
class CloudKey:
    """One credential of a person at a service: a ``RemoteKey``."""

    service: str  # its base address, such as https://service.example.vn/csc/v2
    credential: str
    token: str = field(repr=False)
    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)
    post: Post = field(default=ask_directly, repr=False)

    def certificates(self) -> list[x509.Certificate]:
        told = self._ask("credentials/info", certificates="chain", certInfo=False, authInfo=True)
        return [x509.Certificate.load(base64.b64decode(one)) for one in told["cert"]["certificates"]]

    def sign_digest(self, digest: bytes) -> bytes:
        hashed = base64.b64encode(digest).decode()
        secrets = [{"id": kind, "value": value} for kind, value in (("PIN", self.pin), ("OTP", self.otp)) if value]
        given = self._ask(
            "credentials/authorize", numSignatures=1, hashes=[hashed], hashAlgorithmOID=SHA256, authData=secrets
        )
        return self.signature(digest, given["SAD"], self.certificates()[0])

    def signature(self, digest: bytes, sad: str, certificate: x509.Certificate) -> bytes:
        """The signature over a digest for which the key was released."""
        answer = self._ask(
            "signatures/signHash",
            SAD=sad,
            hashes=[base64.b64encode(digest).decode()],
            hashAlgorithmOID=SHA256,
            signAlgo=SIGNING[certificate.public_key.algorithm],
        )
        return base64.b64decode(answer["signatures"][0])

    def _ask(self, method: str, **given: Any) -> dict[str, Any]:
        body = json.dumps({"credentialID": self.credential, **given}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        return _read(*self.post(f"{self.service}/{method}", body, headers))


def _read(status: int, body: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(body)
    except ValueError:
        raise ServiceRefused(f"http_{status}" if status != 200 else "unreachable") from None
    if status != 200:
        raise ServiceRefused(str(told.get("error", f"http_{status}")) if isinstance(told, dict) else f"http_{status}")
    return told

"""Keys at a remote signing service that speaks the API of the Cloud Signature Consortium, version 2.

Sections of CSC API v2.0: 11.5 credentials/info, 11.6 credentials/authorize (explicit mode, by PIN and one-time
password), 11.10 signatures/signHash. The access token comes from the service's own sign-in (8.2) and, like PIN and
one-time password, is sent and not kept.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
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


@dataclass(frozen=True)
class CloudKey:
    """One credential of a person at a service: a ``RemoteKey``."""

    service: str  # its base address, such as https://service.example.vn/csc/v2
    credential: str
    token: str = field(repr=False)
    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)

    def certificates(self) -> list[x509.Certificate]:
        told = self._ask("credentials/info", certificates="chain", certInfo=False, authInfo=True)
        return [x509.Certificate.load(base64.b64decode(one)) for one in told["cert"]["certificates"]]

    def sign_digest(self, digest: bytes) -> bytes:
        hashed = base64.b64encode(digest).decode()
        secrets = [{"id": kind, "value": value} for kind, value in (("PIN", self.pin), ("OTP", self.otp)) if value]
        given = self._ask(
            "credentials/authorize", numSignatures=1, hashes=[hashed], hashAlgorithmOID=SHA256, authData=secrets
        )
        kind = self.certificates()[0].public_key.algorithm
        answer = self._ask(
            "signatures/signHash",
            SAD=given["SAD"],
            hashes=[hashed],
            hashAlgorithmOID=SHA256,
            signAlgo=SIGNING[kind],
        )
        return base64.b64decode(answer["signatures"][0])

    def _ask(self, method: str, **given: Any) -> dict[str, Any]:
        body = json.dumps({"credentialID": self.credential, **given}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        asked = Request(f"{self.service}/{method}", body, headers)  # noqa: S310 - the operator's setting, no reader's
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
                told: dict[str, Any] = json.loads(answer.read(MOST_BYTES))
        except HTTPError as error:
            raise ServiceRefused(_word(error)) from None
        except (URLError, TimeoutError, ValueError) as error:
            raise ServiceRefused("unreachable") from error
        return told


def _word(error: HTTPError) -> str:
    try:
        return str(json.loads(error.read(MOST_BYTES))["error"])
    except (ValueError, KeyError, TypeError):
        return f"http_{error.code}"

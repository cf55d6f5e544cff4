"""Signing with a key that is elsewhere: digest out, signature in; a small service of the Cloud Signature Consortium."""

import base64
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from techfair.agreements.sealing import exchange
from techfair.agreements.sealing.csc import CloudKey, ServiceRefused
from techfair.agreements.sealing.identities import as_asn1, der
from tests.agreements.sealing import pki
from tests.agreements.sealing.test_verifying import look

pytestmark = pytest.mark.same_everywhere
PERSON = pki.issue("Nguyễn Thị Khóa Xa")


class Service(BaseHTTPRequestHandler):
    """Keeps one person's key; gives a signature only for the digest that was authorised by PIN and password."""

    authorised: dict[str, list[str]] = {}

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method = self.path.removeprefix("/csc/v2/")
        if self.headers["Authorization"] != "Bearer token":
            return self.answer(401, {"error": "invalid_token"})
        if method == "credentials/info":
            chain = [PERSON.certificate, *PERSON.chain]
            return self.answer(200, {"cert": {"certificates": [base64.b64encode(der(one)).decode() for one in chain]}})
        if method == "credentials/authorize":
            if {one["id"]: one["value"] for one in asked["authData"]} != {"PIN": "1234", "OTP": "998877"}:
                return self.answer(400, {"error": "invalid_otp"})
            self.authorised["SAD-1"] = asked["hashes"]
            return self.answer(200, {"SAD": "SAD-1", "expiresIn": 60})
        if self.authorised.pop(asked["SAD"], None) != asked["hashes"]:
            return self.answer(400, {"error": "invalid_request"})
        digest = base64.b64decode(asked["hashes"][0])
        made = PERSON.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        return self.answer(200, {"signatures": [base64.b64encode(made).decode()]})

    def answer(self, status: int, told: dict[str, object]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/csc/v2"
    server.shutdown()
    server.server_close()


def test_a_key_at_a_service_signs_and_never_leaves_it(service: str) -> None:
    key = CloudKey(service, "credential-1", "token", "1234", "998877")
    report = look(exchange.sign(pki.signed(pki.blank()), "PartyA", key, pki.SAY))
    assert (report.verdict, report.findings[-1].signer) == ("incomplete", "Nguyễn Thị Khóa Xa")
    assert "998877" not in repr(key)


@pytest.mark.parametrize(
    ("given", "word"), [(("wrong", "1234", "998877"), "invalid_token"), (("token", "1234", "1"), "invalid_otp")]
)
def test_a_service_that_refuses_is_quoted(service: str, given: tuple[str, str, str], word: str) -> None:
    with pytest.raises(ServiceRefused, match=word):
        exchange.sign(pki.signed(pki.blank()), "PartyA", CloudKey(service, "credential-1", *given), pki.SAY)


def test_a_service_that_is_away_is_said_so() -> None:
    with pytest.raises(ServiceRefused, match="unreachable"):
        CloudKey("http://127.0.0.1:9", "c", "token").certificates()


def test_a_signature_of_something_else_is_not_put_in() -> None:
    certificates = [as_asn1(PERSON.certificate), *map(as_asn1, PERSON.chain)]
    prepared = exchange.prepare(pki.signed(pki.blank()), "PartyA", certificates, pki.SAY)
    made = PERSON.key.sign(b"something else", padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(exchange.SignatureWrong):
        exchange.finish(prepared, certificates, made)

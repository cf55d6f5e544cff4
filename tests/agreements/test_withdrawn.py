"""A certificate's issuer is asked when one signs: withdrawn is refused, silence keeps nobody from signing."""

import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.sealing import authority
from techfair.agreements.sealing.identities import DER, Identity, der
from techfair.agreements.trust import anchors, asking
from techfair.core import outside
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.sealing import pki
from tests.agreements.test_own_certificate import p12, send

NAME = "H'Bia Êban"


class Issuer(BaseHTTPRequestHandler):
    """Says of the one certificate whether it is withdrawn: at /ocsp, in the list at /list; at /silence says nothing."""

    about: Identity
    is_withdrawn = True

    def do_GET(self) -> None:
        if self.path == "/silence":
            time.sleep(2)
        self.answer(pki.withdrawn_list(self.about, pki.NOW - timedelta(hours=1)))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        root, state = pki.root(), ocsp.OCSPCertStatus.REVOKED if self.is_withdrawn else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            self.about.certificate,
            root.certificate,
            hashes.SHA1(),
            state,
            pki.NOW,
            pki.NOW + pki.DAY,
            pki.NOW - timedelta(hours=1) if self.is_withdrawn else None,
            None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, root.certificate)
        self.answer(builder.sign(root.key, hashes.SHA256()).public_bytes(DER))  # type: ignore[arg-type]

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture
def issuer(app: Flask, administrator: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    anchors.add(der(pki.root().certificate), by=administrator)
    db.session.commit()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(outside, "inner_hosts", lambda: frozenset(["127.0.0.1"]))
    monkeypatch.setattr(asking, "PATIENCE", 1.0)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def certified(*, responder: str = "", withdrawn_list: str = "", name: str = NAME) -> Identity:
    """A certificate that says where its issuer is asked."""
    plain = pki.issue(name)
    builder = authority._builder(
        plain.certificate.subject,
        plain.key.public_key(),  # type: ignore[arg-type]
        pki.root().certificate.subject,
        pki.NOW - pki.DAY,
        pki.NOW + pki.DAY,
    )
    if responder:
        place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(responder))
        builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
    if withdrawn_list:
        names = [x509.UniformResourceIdentifier(withdrawn_list)]
        point = x509.DistributionPoint(names, relative_name=None, reasons=None, crl_issuer=None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    Issuer.about = Identity(builder.sign(pki.root().key, hashes.SHA256()), plain.key, plain.chain)  # type: ignore[arg-type]
    return Issuer.about


@pytest.mark.parametrize(
    ("places", "is_withdrawn", "status", "says"),
    [
        ({"responder": "/ocsp"}, True, 422, ""),
        ({"responder": "/ocsp", "withdrawn_list": "/list"}, False, 303, "good"),
        ({"withdrawn_list": "/list"}, True, 422, ""),
        ({"withdrawn_list": "/silence"}, True, 303, "unknown"),
    ],
)
def test_the_issuer_is_asked_and_a_withdrawn_certificate_does_not_sign(
    client: FlaskClient,
    sent: Agreement,
    theirs: Mailbox,
    issuer: str,
    places: dict[str, str],
    is_withdrawn: bool,
    status: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Issuer, "is_withdrawn", is_withdrawn)
    answer = send(client, theirs, p12(certified(**{name: issuer + path for name, path in places.items()})))
    assert answer.status_code == status
    assert ("bị bên cấp thu hồi" in answer.text) == (status == 422)
    signed = db.session.scalars(db.select(Signature).filter_by(state="signed")).all()
    assert [one.evidence["withdrawal"] for one in signed] == ([says] if says else [])


def test_the_issuers_of_issuers_are_asked_too(app: Flask, issuer: str) -> None:
    root, between = pki.root(), certified(withdrawn_list=f"{issuer}/list", name="Bên cấp trung gian")
    signer = authority._builder(
        authority.name(NAME, "Đơn vị thử"),
        pki.issue(NAME).key.public_key(),  # type: ignore[arg-type]
        between.certificate.subject,
        pki.NOW - pki.DAY,
        pki.NOW + pki.DAY,
    ).sign(between.key, hashes.SHA256())  # type: ignore[arg-type]
    above = [between.certificate]
    assert asking.withdrawal(signer, above, [root.certificate]) == "issuer_withdrawn"
    assert asking.withdrawal(signer, above, above) == "unknown"  # believed itself, nobody above it is asked


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest",
        "http://10.0.0.7/list.crl",
        "http://0x7f000001/",
        "file:///etc/passwd",
        "http://a:b@127.0.0.1/",
        "ldap://ca.example.vn/cn=list",
    ],
)
def test_an_address_that_leads_inside_is_not_asked(app: Flask, address: str) -> None:
    with pytest.raises(outside.Unreachable, match="forbidden"):
        outside.fetch(address)


def test_nobody_asks_where_the_issuer_is_not_the_one_that_is_believed(app: Flask, issuer: str) -> None:
    other = authority.found(authority.name("Khác"), pki.NOW - pki.DAY)
    assert asking.withdrawal(certified(responder=f"{issuer}/ocsp").certificate, [other.certificate]) == "unknown"

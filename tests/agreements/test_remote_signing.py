"""Signing at a service: there, signed in, released, back signed; whatever goes wrong there changes nothing here."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import HTTPServer
from io import BytesIO
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from techfair.accounts.models import User
from techfair.agreements import checking, documents
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.remote.models import RemoteSigning, SigningService
from techfair.agreements.sealing.identities import der
from techfair.agreements.trust import anchors
from techfair.core import outside
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.sealing import pki
from tests.agreements.sealing import test_exchange as csc

ADMIN, SECRET = "/admin/signing-services/", "bí mật 5521"


class Service(csc.Service):
    """The same service with its sign-in: a code for each visit, good once and for who set out (PKCE)."""

    codes: dict[str, dict[str, str]] = {}
    refuses = ""  # a scope

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        back = {"state": asked["state"], "error": "access_denied"}
        if asked["scope"] != self.refuses:
            code = f"code-{len(self.codes)}"
            self.codes[code] = asked
            back = {"state": asked["state"], "code": code}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/csc/v2/oauth2/token":
            return self.token({name: values[0] for name, values in parse_qs(body.decode()).items()})
        if self.path == "/csc/v2/credentials/list":
            return self.answer(200, {"credentialIDs": ["credential-1"]})
        self.rfile = BytesIO(body)
        return super().do_POST()

    def token(self, given: dict[str, str]) -> None:
        asked = self.codes.pop(given["code"], None)
        made = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked is None or made != asked["code_challenge"] or given["client_secret"] != SECRET:
            return self.answer(400, {"error": "invalid_grant"})
        if asked["scope"] == "service":
            return self.answer(200, {"access_token": "token"})
        released = base64.urlsafe_b64decode(asked["hashes"] + "=")
        self.authorised["SAD-9"] = [base64.b64encode(released).decode()]
        return self.answer(200, {"access_token": "SAD-9"})


@pytest.fixture
def service(app: Flask, administrator: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    anchors.add(der(pki.root().certificate), by=administrator)
    db.session.commit()
    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(outside, "inner_hosts", lambda: frozenset(["127.0.0.1"]))
    monkeypatch.setattr(Service, "refuses", "")
    yield f"http://127.0.0.1:{server.server_port}/csc/v2"
    server.shutdown()
    server.server_close()


@pytest.fixture
def offered(as_administrator: FlaskClient, service: str) -> int:
    typed = {"name": "Ký số Thử nghiệm", "address": service, "client_id": "techfair", "secret": SECRET}
    assert as_administrator.post(ADMIN, data=typed).status_code == 303
    id = db.session.scalars(db.select(SigningService.id)).one()
    db.session.rollback()
    return id


def visit(client: FlaskClient, answer: TestResponse) -> TestResponse:
    """Go where a page sends one, and come back."""
    there = urlsplit(answer.location)
    connection = HTTPConnection(there.hostname or "", there.port)
    connection.request("GET", f"{there.path}?{there.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_a_signer_goes_to_a_service_and_comes_back_signed(
    client: FlaskClient,
    as_administrator: FlaskClient,
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    offered: int,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
) -> None:
    name = "Nguyễn Thị Khóa Xa"
    db.session.execute(db.update(Signature).where(Signature.signer_email == theirs.email).values(signer_name=name))
    db.session.commit()
    assert "Ký số Thử nghiệm" in client.get(theirs.link).text
    second = visit(client, client.post(f"{theirs.link}/service/{offered}"))
    assert "scope=credential" in second.location
    home = visit(client, second)
    assert "Quý khách đã ký" in client.get(f"{home.location}?lang=vi").text
    assert visit(client, second).status_code == 404  # the way is over
    sign(ours)
    run_jobs()
    check = checking.check(documents.present(documents.load(sent.id)))
    party = next(one for one in check.report.findings if one.field == "PartyB")
    assert (check.verdict, party.signer, party.is_own) == ("good", name, False)
    assert db.session.scalars(db.select(RemoteSigning)).all() == []
    row = db.session.scalars(db.select(SigningService)).one()
    assert SECRET.encode() not in row.sealed_secret
    db.session.rollback()
    as_administrator.post(f"{ADMIN}{offered}/remove")
    assert client.post(f"{theirs.link}/service/{offered}").status_code == 404


def test_whatever_goes_wrong_there_signs_nothing_and_is_said(
    app: Flask,
    client: FlaskClient,
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    offered: int,
    sign: Callable[[Mailbox], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = f"{theirs.link}/service/{offered}"
    other = visit(client, client.post(there))  # a certificate of somebody else
    assert "Nguyễn Thị Khóa Xa; người được mời ký là" in client.get(f"{other.location}?lang=vi").text
    who = {"signer_name": "Nguyễn Thị Khóa Xa"}
    db.session.execute(db.update(Signature).where(Signature.signer_email == theirs.email).values(**who))
    db.session.commit()
    assert visit(app.test_client(), client.post(there)).status_code == 404  # another browser comes back
    monkeypatch.setattr(Service, "refuses", "credential")
    home = visit(client, visit(client, client.post(there)))
    assert "chưa ký" in client.get(f"{home.location}?lang=vi").text
    monkeypatch.setattr(Service, "refuses", "")
    second = visit(client, client.post(there))
    sign(ours)  # meanwhile
    overtaken = visit(client, second)
    assert "vừa ký trong khi" in client.get(f"{overtaken.location}?lang=vi").text
    signed = db.session.scalars(db.select(Signature).filter_by(state="signed")).all()
    assert [one.signer_email for one in signed] == [ours.email]


def test_only_the_administrator_sets_services_and_only_real_addresses(
    as_administrator: FlaskClient, as_organizer: FlaskClient, app: Flask
) -> None:
    assert as_organizer.get(ADMIN).status_code == 404
    typed = {"name": "A", "address": "http://10.0.0.1/csc", "client_id": "x", "secret": "s"}
    refused = as_administrator.post(ADMIN, data=typed)
    assert (refused.status_code, "bắt đầu bằng https://" in refused.text) == (422, True)
    assert db.session.scalars(db.select(SigningService)).all() == []

"""Signing with a card or token from the pages: bytes out, signature in, and nothing wrong gets into the document."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from techfair.accounts.models import User
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.remote.models import DeviceSigning
from techfair.agreements.sealing.identities import Identity, der
from techfair.agreements.trust import anchors
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.sealing import pki

NAME = "H'Bia Êban"


@pytest.fixture
def token(app: Flask, administrator: User) -> Identity:
    """What a token holds, by an authority that is trusted."""
    anchors.add(der(pki.root().certificate), by=administrator)
    db.session.commit()
    return pki.issue(NAME)


def begin(client: FlaskClient, box: Mailbox, file: bytes) -> TestResponse:
    return client.post(f"{box.link}/device?lang=vi", data={"certificate": (BytesIO(file), "a.cer")})


def hand_in(client: FlaskClient, box: Mailbox, made: bytes) -> TestResponse:
    return client.post(f"{box.link}/device/signature?lang=vi", data={"signature": (BytesIO(made), "signature.bin")})


def by_token(token: Identity, data: bytes) -> bytes:
    return token.key.sign(data, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr,call-arg,arg-type,return-value]


def test_a_signer_takes_bytes_to_the_device_and_brings_the_signature_back(
    client: FlaskClient,
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    token: Identity,
) -> None:
    there = f"{theirs.link}/device"
    assert there in client.get(theirs.link).text
    assert client.get(f"{there}/to-sign.bin").status_code == 404
    chain = pkcs7.serialize_certificates([*token.chain, token.certificate], Encoding.DER)
    assert begin(client, theirs, chain).status_code == 303
    data = client.get(f"{there}/to-sign.bin").data
    assert client.get(f"{there}/digest.txt").get_data(as_text=True) == hashlib.sha256(data).hexdigest()
    wrong = hand_in(client, theirs, by_token(pki.issue(NAME), data))
    assert (wrong.status_code, "không phải chữ ký trên tệp này" in wrong.text) == (422, True)
    home = hand_in(client, theirs, base64.encodebytes(by_token(token, data)))
    assert "Quý khách đã ký" in client.get(f"{home.location}?lang=vi").text
    assert hand_in(client, theirs, by_token(token, data)).location.endswith(theirs.link)  # twice is once
    signed = db.session.scalars(db.select(Signature).filter_by(signer_email=theirs.email)).one()
    assert signed.evidence["proof"] == "the signer's own certificate on a device of the signer's"
    assert db.session.scalars(db.select(DeviceSigning)).all() == []


def test_whatever_is_wrong_with_certificate_or_time_signs_nothing_and_is_said(
    client: FlaskClient,
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    token: Identity,
    sign: Callable[[Mailbox], None],
) -> None:
    for file, says in (
        (b"no certificate", "không phải chứng thư"),
        (der(pki.issue("Người Khác").certificate), "người được mời ký là"),
    ):
        refused = begin(client, theirs, file)
        assert (refused.status_code, says in refused.text) == (422, True)
    begin(client, theirs, der(token.certificate))
    data = client.get(f"{theirs.link}/device/to-sign.bin").data
    sign(ours)  # meanwhile
    overtaken = hand_in(client, theirs, by_token(token, data))
    assert "vừa ký trong lúc đó" in client.get(f"{overtaken.location}?lang=vi").text
    begin(client, theirs, der(token.certificate))
    data = client.get(f"{theirs.link}/device/to-sign.bin").data
    row = db.session.scalars(db.select(DeviceSigning)).one()
    row.started_at -= timedelta(minutes=31)
    db.session.commit()
    assert hand_in(client, theirs, by_token(token, data)).location.endswith("/device")
    signed = db.session.scalars(db.select(Signature).filter_by(state="signed")).all()
    assert [one.signer_email for one in signed] == [ours.email]

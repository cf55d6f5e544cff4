"""A process that dies while somebody signs leaves the old document or the new one, and the signer can go on."""

import os
import signal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair import create_app
from techfair.agreements import checking, documents, filing
from techfair.agreements.models import Agreement
from techfair.extensions import db
from techfair.settings import Settings
from tests.agreements.conftest import Mailbox
from tests.fixtures import serving

pytestmark = pytest.mark.faults
MOMENTS: dict[str, tuple[Any, str]] = {
    "while the signed file is written": (os, "replace"),
    "when it is kept and no row names it yet": (filing, "_show"),
    "before the commit": (db.session, "commit"),
}


def sign_and_die(settings: Settings, link: str, code: str, moment: str) -> None:
    """Sign in a process of one's own, which is killed at a moment."""
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False, JOBS_BY_HAND=True)
    place, name = MOMENTS[moment]
    setattr(place, name, lambda *given, **more: os.kill(os.getpid(), signal.SIGKILL))
    app.test_client().post(f"{link}/confirm", data={"code": code})


def test_a_process_killed_between_signing_and_storing_leaves_the_old_document(
    app: Flask, client: FlaskClient, sent: Agreement, ours: Mailbox
) -> None:
    client.post(f"{ours.link}/code")
    link, code = ours.link, ours.code
    before = documents.load(sent.id).document_digest
    db.session.rollback()
    for moment in MOMENTS:
        given = (app.extensions["settings"], link, code, moment)
        process = serving.ready.Process(target=sign_and_die, args=given)
        process.start()
        process.join(50)
        assert (process.exitcode, moment) == (-signal.SIGKILL, moment)
        agreement = documents.load(sent.id)
        assert agreement.document_digest == before
        assert checking.check(documents.present(agreement)).report.missing == ("PartyA", "PartyB", "Seal")
        db.session.rollback()
    assert client.post(f"{link}/confirm", data={"code": code}).status_code == 303  # the code is not used up
    report = checking.check(documents.present(documents.load(sent.id))).report
    assert (report.verdict, report.missing) == ("incomplete", ("PartyB", "Seal"))

"""A time stamp authority, if one is set, proves when a document was sealed; if it fails, nobody waits for ever."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from asn1crypto import tsp

from techfair.accounts.models import User
from techfair.agreements import checking, documents, jobs
from techfair.agreements.models import Agreement
from techfair.agreements.sealing.identities import der
from techfair.agreements.trust import anchors, stamping
from techfair.core.jobs import Job
from techfair.extensions import db
from tests.agreements import archive
from tests.agreements.conftest import Mailbox
from tests.agreements.sealing import pki
from tests.agreements.test_sealing import told_by_pdfsig


class Authority(BaseHTTPRequestHandler):
    """Answers requests of RFC 3161."""

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = pki.times(None).stamper.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, administrator: User) -> Iterator[HTTPServer]:
    anchors.add(der(pki.root().certificate), by=administrator)
    db.session.commit()
    server = HTTPServer(("127.0.0.1", 0), Authority)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(stamping, "address", lambda: f"http://127.0.0.1:{server.server_port}/")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def signed_by_all(
    sent: Agreement, ours: Mailbox, theirs: Mailbox, sign: Callable[[Mailbox], None], authority: HTTPServer
) -> Agreement:
    sign(ours)
    sign(theirs)
    return sent


def test_with_an_authority_the_seal_is_stamped_for_the_long_term(
    signed_by_all: Agreement, run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    run_jobs()
    finished = documents.present(documents.load(signed_by_all.id))
    report = checking.check(finished)
    levels = {one.field: one.level for one in report.report.findings if one.kind != "timestamp"}
    assert (report.verdict, levels["Seal"], levels["PartyA"]) == ("good", "B-LTA", "B-LTA")
    assert report.report.findings[-1].kind == "timestamp"
    assert archive.faults(finished) == []  # what makes it last keeps it PDF/A-3
    told = {one["Signature Field Name"]: one for one in told_by_pdfsig(finished, tmp_path)}
    valid = [name for name, one in told.items() if one["Signature Validation"] == "Signature is Valid."]
    assert set(valid) == {"Certification", "PartyA", "PartyB", "Seal"}  # K108; of document time stamps it knows nothing


def test_an_authority_that_fails_is_asked_again_and_at_last_done_without(
    signed_by_all: Agreement, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:  # K107
    monkeypatch.setattr(stamping, "address", lambda: "http://127.0.0.1:9/")
    run_jobs()
    assert documents.load(signed_by_all.id).state == "sealing"
    job = db.session.scalars(db.select(Job).filter_by(name="complete_agreement")).one()
    job.attempts = jobs.TRIES_WITH_STAMP + 1
    jobs.complete_agreement(job, signed_by_all.id)
    completed = documents.load(signed_by_all.id)
    assert (completed.state, checking.check(documents.present(completed)).verdict) == ("completed", "good")

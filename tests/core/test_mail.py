"""Mail over a real server on this machine: headers, retries, failure; the outbox without one."""

import email
import email.policy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from techfair.core import clock, jobs, mail
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.fixtures.serving import free_port

LONG_NAME = 'Ban tổ chức "Techfair", Gia Lai'


class Inbox:
    """Takes every mail, or refuses the next ones."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.refusals = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusals:
            self.refusals -= 1
            return "451 try later"
        self.taken.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        return "250 taken"


@pytest.fixture
def inbox(app: Flask) -> Iterator[Inbox]:
    """A mail server that the application sends to."""
    inbox, port = Inbox(), free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    yield inbox
    controller.stop()


def queue(**changed: Any) -> Mail:
    given: dict[str, Any] = {"to": "an@example.vn", "name": "Nguyễn Văn An", "address": "http://x", "user": None}
    queued = mail.queue("sign_in_link", **(given | changed))
    db.session.commit()
    return queued


def read(raw: bytes) -> Any:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_mail_goes_to_the_server_and_is_recorded_as_sent(inbox: Inbox) -> None:
    queued = queue()
    assert queued.state == "queued"
    jobs.run_due()
    assert (queued.state, len(inbox.taken)) == ("sent", 1)
    assert read(inbox.taken[0])["Subject"] == "Liên kết đăng nhập của Quý khách"


def test_long_subjects_and_quoted_names_fit_the_header_and_come_back_exactly(inbox: Inbox, fair: Fair) -> None:
    """K082."""
    fair.name_vi = LONG_NAME
    queued = queue(fair=fair)
    queued.subject = subject = ("Thư mời tham dự lễ khai mạc và hội nghị kết nối cung cầu công nghệ " * 3)[:140].strip()
    db.session.commit()
    jobs.run_due()
    raw = inbox.taken[0]
    head, _, _ = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    assert max(len(line) for line in head.splitlines()) <= 78
    parsed = read(raw)
    assert parsed["Subject"] == subject
    (sender,) = parsed["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (LONG_NAME, "techfair@localhost")


def test_line_breaks_in_a_name_make_no_second_header(inbox: Inbox) -> None:
    queue(name="An\r\nBcc: x@example.com")
    jobs.run_due()
    parsed = read(inbox.taken[0])
    assert parsed["Bcc"] is None
    assert inbox.recipients == [["an@example.vn"]]
    assert parsed["To"].addresses[0].display_name == "An Bcc: x@example.com"


def test_a_refused_mail_is_tried_again_later_and_then_sent_once(inbox: Inbox) -> None:
    inbox.refusals = 1
    queued = queue()
    jobs.run_due()
    assert (queued.state, "451" in (queued.error or "")) == ("queued", True)
    jobs.run_due()
    assert inbox.taken == []
    with clock.held_at(clock.now() + jobs.PAUSES[0] + timedelta(seconds=1)):
        jobs.run_due()
    assert (queued.state, queued.error, len(inbox.taken)) == ("sent", None, 1)


def test_a_mail_that_is_refused_to_the_end_is_recorded_as_failed(inbox: Inbox) -> None:
    inbox.refusals = 99
    queued = queue()
    moment = clock.now()
    for _ in range(len(jobs.PAUSES) + 1):
        moment += timedelta(hours=1)
        with clock.held_at(moment):
            jobs.run_due()
    assert (queued.state, inbox.taken) == ("failed", [])


def test_without_a_server_mail_is_written_to_the_outbox(app: Flask) -> None:
    queued = queue()
    jobs.run_due()
    (file,) = Path(app.config["OUTBOX"]).glob("*.eml")
    assert (queued.channel, queued.state) == ("outbox", "sent")
    assert read(file.read_bytes())["To"].addresses[0].addr_spec == "an@example.vn"


def test_the_demo_fair_s_mail_never_reaches_a_server(inbox: Inbox, fair: Fair) -> None:
    fair.is_demo = True
    queue(fair=fair)
    jobs.run_due()
    assert inbox.taken == []


def test_what_is_rolled_back_is_never_sent(inbox: Inbox) -> None:
    mail.queue("sign_in_link", to="an@example.vn", address="http://x")
    db.session.rollback()
    jobs.run_due()
    assert inbox.taken == []

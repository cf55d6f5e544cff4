"""Meetings reach calendars and paper: entries by mail that follow changes, an address, reminders, PDFs (K081, K114)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
from flask.testing import FlaskClient

from techfair.core import calendars, clock, mail
from techfair.core.calendars import Event, Person
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import outcomes, participants, slots
from techfair.meetings.calendars import reminding
from techfair.meetings.calendars.models import CalendarFeed
from techfair.meetings.models import Meeting, Slot
from techfair.meetings.times import choosing
from techfair.visitors.models import Registration
from tests.meetings.scheduling import CASES
from tests.meetings.timetabling import CONSOLE, plan


def read(wire: bytes) -> dict[str, str]:
    """The properties of a calendar with one entry, by name without parameters."""
    assert all(len(line) <= 75 for line in wire.split(b"\r\n"))
    assert b"\n" not in wire.replace(b"\r\n", b"")
    for line in wire.split(b"\r\n"):
        line.decode()  # none is cut inside a letter
    lines = wire.decode().replace("\r\n ", "").split("\r\n")
    return {line.split(":", 1)[0].split(";")[0]: line.split(":", 1)[1] for line in lines if ":" in line}


def of_mail(sent: Mail) -> dict[str, str]:
    """The calendar entry as the reader's program finds it in the mail."""
    arrived = message_from_bytes(mail.message(sent).as_bytes(), policy=policy.default)
    parts = [part for part in arrived.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == [calendars.method_of(sent.calendar)] * 2
    one, other = (part.get_payload(decode=True) for part in parts)
    assert one == other
    return read(one)


@pytest.fixture
def published(agree: Callable[..., Meeting], make_times: Any, fair: Fair) -> Meeting:
    meeting = agree()
    make_times(count=3, tables=2)
    plan(fair)
    db.session.commit()
    return meeting


def test_a_meeting_scheduled_moved_and_cancelled_is_one_entry_that_follows(
    published: Meeting, fair: Fair, visitor: Registration, mails: Callable[[], list[Mail]]
) -> None:
    mails()
    first = slots.all_slots(fair)[0]
    side = participants.known_registration(visitor)
    choosing.block(side, [published.slot_id], None)
    plan(fair, "repair")
    db.session.commit()
    mails()
    outcomes.cancel(published, None)
    db.session.commit()
    sent = [one for one in mails() if one.to_address == "tung@example.vn" and one.calendar]
    scheduled, moved, cancelled = map(of_mail, sent)
    assert [one.template for one in sent] == ["meeting_scheduled", "meeting_moved", "meeting_cancelled"]
    cases = [read((CASES / f"meeting_{name}.ics").read_bytes()) for name in ("1_request", "2_moved", "3_cancelled")]
    entries = [scheduled, moved, cancelled]
    assert [one["METHOD"] for one in entries] == [one["METHOD"] for one in cases]
    assert len({one["UID"] for one in entries}) == 1
    assert [int(one["SEQUENCE"]) for one in entries] == [1, 2, 3]
    assert cancelled["STATUS"] == cases[2]["STATUS"]
    assert scheduled["DTSTART"] == f"{first.starts_at:%Y%m%dT%H%M%SZ}" != moved["DTSTART"] == cancelled["DTSTART"]
    assert all(set(case) <= set(one) | {"CALSCALE"} for one, case in zip(entries, cases, strict=True))
    assert scheduled["LOCATION"].startswith("Bàn 01\\, Khu kết nối\\, Pleiku")


@pytest.mark.same_everywhere
def test_eight_in_pleiku_is_ten_in_seoul_and_two_in_berlin() -> None:
    starts = datetime(2019, 11, 24, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    event = Event("m@x", 0, starts, starts + timedelta(minutes=20), "Gặp, thử; \\\nhai dòng " + "Đại Nguyên " * 20)
    wire = calendars.folded(calendars.calendar([event], "REQUEST", Person('Ban "tổ" chức, Gia Lai', "a@example.vn")))
    entry = read(wire)
    moment = datetime.strptime(entry["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert [moment.astimezone(ZoneInfo(zone)).hour for zone in ("Asia/Seoul", "Europe/Berlin")] == [10, 2]
    assert entry["SUMMARY"].startswith("Gặp\\, thử\\; \\\\\\nhai dòng")
    assert 'ORGANIZER;CN="Ban  tổ  chức, Gia Lai":mailto:a@example.vn' in wire.decode().replace("\r\n ", "")


def test_an_address_is_subscribed_to_until_a_new_one_ends_it(
    published: Meeting, as_visitor: FlaskClient, app: Any
) -> None:
    as_visitor.post("/me/meetings/calendar")
    secret = db.session.scalars(db.select(CalendarFeed.secret)).one()
    assert f"/calendar/{secret}.ics" in as_visitor.get("/me/meetings").text
    anyone = app.test_client()
    feed = anyone.get(f"/calendar/{secret}.ics")
    assert feed.content_type == "text/calendar; charset=utf-8"
    entry = read(feed.data)
    assert (entry["METHOD"], entry["SUMMARY"]) == ("PUBLISH", "Gặp Công ty Cơ khí Đại Nguyên")
    as_visitor.post("/me/meetings/calendar")
    assert anyone.get(f"/calendar/{secret}.ics").status_code == 404


def test_both_are_reminded_a_quarter_of_an_hour_before_once_and_not_of_what_is_cancelled(
    published: Meeting, fair: Fair, mails: Callable[[], list[Mail]], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = db.session.get_one(Slot, published.slot_id).starts_at

    def reminded() -> int:
        return sum(one.template == "meeting_soon" for one in mails())

    for minutes, expected in ((16, 0), (15, 2), (3, 2)):
        monkeypatch.setattr(clock, "now", lambda m=minutes: starts - timedelta(minutes=m))
        reminding.remind()
        assert reminded() == expected
    published.state = "no_show"
    db.session.execute(db.delete(reminding.MeetingReminder))
    db.session.commit()
    reminding.remind()
    assert reminded() == 2


def test_timetables_and_signs_are_printed(
    published: Meeting, as_visitor: FlaskClient, as_organizer: FlaskClient
) -> None:
    own, every = as_visitor.post("/me/meetings/timetable.pdf"), as_organizer.post(f"{CONSOLE}/timetables.pdf")
    signs = as_organizer.post(f"{CONSOLE}/signs.pdf")
    pages = [[page.extract_text() for page in pypdf.PdfReader(BytesIO(one.data)).pages] for one in (own, every, signs)]
    assert [len(one) for one in pages] == [1, 2, 1]
    assert "Trần Văn Tùng" in pages[0][0]
    assert "Công ty Cơ khí Đại Nguyên" in pages[0][0]
    assert "Bàn 01" in pages[0][0]
    assert "Công ty Cơ khí Đại Nguyên – Trần Văn Tùng" in " ".join(pages[2][0].split())

"""A gate whose server cannot store, and a gate whose clock is wrong: no scan is lost, and each keeps its real time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from techfair.core import clock
from techfair.extensions import db
from techfair.visitors import badges, devices, registering
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.faults]


@pytest.fixture
def tokens(fair, entrance):
    """The badges of two people."""
    people = [registering.register(fair, RegistrationInput(full_name=n, email=f"{n}@example.vn")) for n in ("an", "ba")]
    made = [badges.token(badges.valid_badge(person), fair) for person in people]
    db.session.commit()
    return made


@pytest.fixture
def phone(open_page):
    return open_page(PHONE)


def join(page, code):
    page.goto(f"/gate/gia-lai#join={code}")
    page.get_by_text("Thiết bị này có dữ liệu từ").wait_for()


def scan(page, code):
    page.locator(".verdict").evaluate("verdict => verdict.click()")
    page.keyboard.type(code + "\n", delay=0)
    shown = page.locator(".verdict:not([hidden])")
    shown.wait_for()
    return shown.get_attribute("data-verdict"), shown.inner_text()


def stored():
    scans = list(db.session.scalars(db.select(Scan).order_by(Scan.scanned_at)))
    db.session.expunge_all()
    db.session.rollback()
    return scans


@pytest.mark.parametrize("trouble", ["full_disk_of_server", "locked"])
def test_what_the_server_cannot_store_the_device_keeps_and_sends_later(request, trouble, phone, tokens, join_code):
    befalls = request.getfixturevalue(trouble)
    answers = []
    phone.on("response", lambda answer: answers.append((answer.url.rpartition("/")[2], answer.status)))
    join(phone, join_code)
    with befalls():
        assert scan(phone, tokens[0])[0] == "admitted"
        phone.get_by_text("lượt quét chờ gửi").wait_for()
        phone.wait_for_event("response", lambda answer: answer.status == 503, timeout=30000)
        assert scan(phone, tokens[0])[0] == "repeated"
        assert faults(phone) == []
        expect(phone.locator("[data-waiting-count]")).to_have_text("2")
    expect(phone.locator("[data-waiting]")).to_be_hidden(timeout=40000)
    assert [(one.verdict, one.device_verdict, one.is_offline) for one in stored()] == [
        ("admitted", "admitted", True),
        ("repeated", "repeated", True),
    ]
    assert {status for _, status in answers if status >= 500} == {503}


def test_a_browser_that_refuses_its_storage_scans_and_says_what_may_be_lost(phone, tokens, join_code):
    refused = "get() { throw new DOMException('refused', 'SecurityError'); }"
    for name in ("indexedDB", "localStorage"):
        phone.add_init_script(f"Object.defineProperty(window, '{name}', {{ {refused} }})")
    phone.goto(f"/gate/gia-lai#join={join_code}")
    phone.get_by_text("lượt quét chờ gửi sẽ mất khi đóng trang").wait_for()
    assert scan(phone, tokens[0])[0] == "admitted"
    phone.context.set_offline(True)
    assert [scan(phone, token)[0] for token in tokens] == ["repeated", "admitted"]
    expect(phone.locator("[data-waiting-count]")).to_have_text("2")
    phone.context.set_offline(False)
    expect(phone.locator("[data-waiting]")).to_be_hidden(timeout=20000)
    assert sorted(one.verdict for one in stored()) == ["admitted", "admitted", "repeated"]


def test_a_page_that_cannot_judge_signatures_says_so_and_an_old_safari_asks_the_server(phone, tokens, join_code):
    phone.add_init_script("delete AbortSignal.timeout; Object.defineProperty(crypto, 'subtle', { value: undefined });")
    join(phone, join_code)  # as on a page without https
    assert scan(phone, tokens[0])[0] == "admitted"
    phone.context.set_offline(True)
    word, text = scan(phone, tokens[1])
    assert (word, "Trang không có https" in text) == ("unproven", True)


@pytest.mark.parametrize(
    "wrong_by", [timedelta(hours=3), timedelta(days=-3300, hours=-5)], ids=["three hours fast", "2017"]
)
def test_a_wrong_clock_decides_rightly_keeps_both_times_and_is_flagged(phone, tokens, join_code, wrong_by):
    phone.clock.set_system_time(clock.now() + wrong_by)
    join(phone, join_code)
    here = ZoneInfo("Asia/Ho_Chi_Minh")
    minutes = {(clock.now() + timedelta(minutes=n)).astimezone(here).strftime("%H:%M") for n in (-1, 0, 1)}
    assert scan(phone, tokens[0])[0] == "admitted"
    phone.context.set_offline(True)
    told = [scan(phone, token) for token in (tokens[0], tokens[1], tokens[1])]
    assert [word for word, _ in told] == ["repeated", "admitted", "repeated"]
    for word, text in told:
        assert word == "admitted" or any(minute in text for minute in minutes)  # since when, by the real time
    phone.context.set_offline(False)
    expect(phone.locator("[data-waiting]")).to_be_hidden(timeout=40000)
    assert [one.verdict for one in stored()] == ["admitted", "repeated", "admitted", "repeated"]
    for one in stored():
        assert one.has_wrong_clock
        assert abs(one.device_time - wrong_by - clock.now()) < timedelta(minutes=5)
        assert abs(one.scanned_at - clock.now()) < timedelta(minutes=5)


def test_who_came_in_at_another_gate_is_amber_here_when_the_network_goes(phone, open_page, tokens, fair, join_code):
    other = Gate(fair_id=fair.id, code="B", name_vi="Cổng B")
    db.session.add(other)
    db.session.flush()
    _, code = devices.invite(fair, [other], "Điện thoại B", None)
    db.session.commit()
    there = open_page(PHONE)
    join(phone, join_code)
    join(there, code)
    assert (scan(there, tokens[0])[0], scan(phone, tokens[0])[0]) == ("admitted", "repeated")
    phone.context.set_offline(True)
    word, text = scan(phone, tokens[0])
    assert (word, "B" in text.rpartition(",")[2]) == ("repeated", True)

"""A steward's first path: camera, handheld scanner, name search; green, amber, red."""

import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, registering
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.browser import PHONE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
SUFFIXES = json.loads((ROOT / "cases" / "wedge_suffixes.json").read_text(encoding="utf-8"))
SLOW_STORE = """
  const listen = EventTarget.prototype.addEventListener;
  IDBOpenDBRequest.prototype.addEventListener = function (name, heard, ...options) {
    const late = (event) => setTimeout(() => heard.call(this, event), 2500);
    listen.call(this, name, name === "success" ? late : heard, ...options);
  };
"""  # a phone under load: the store is open two seconds and a half after the page
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture
def badge(fair):
    """The badge of Trần Văn Tùng, at a fair with one entrance."""
    keys.create(fair)
    db.session.add(Gate(fair_id=fair.id, code="A", name_vi="Cổng chính"))
    given = RegistrationInput(full_name="Trần Văn Tùng", organisation="Sở KH&CN Gia Lai", email="tung@example.vn")
    registration = registering.register(fair, given)
    db.session.commit()
    return badges.valid_badge(registration)


@pytest.fixture
def token(badge, fair):
    token = badges.token(badge, fair)
    db.session.commit()  # an open transaction would keep the served application waiting
    return token


@pytest.fixture
def signed_in(sign_in, steward, server):
    """The steward's session as a cookie for a browser."""
    client = sign_in(steward)
    return [{"name": "techfair", "value": client.get_cookie("techfair").value, "url": server}]


@pytest.fixture
def gate_page(open_page, badge, signed_in):
    """The scan page in a browser without a camera."""
    page = open_page(PHONE)
    page.context.add_cookies(signed_in)
    db.session.commit()
    page.goto("/gate/gia-lai")
    page.get_by_placeholder("Máy quét").wait_for()
    return page


def verdict(page):
    shown = page.locator(".verdict:not([hidden])")
    shown.wait_for(timeout=8000)
    return shown.get_attribute("data-verdict"), shown.inner_text()


def stored():
    """What the database holds: verdict and time of each scan."""
    rows = list(db.session.execute(db.select(Scan.verdict, Scan.scanned_at)))
    db.session.rollback()
    return rows


def film(tmp_path, picture, *options):
    """A camera that shows a picture, as a file for Chromium."""
    file = tmp_path / "camera.mjpeg"
    command = [sys.executable, ROOT / "recipes" / "fake_camera.py", file, picture, *options]
    subprocess.run(command, check=True)
    return f"--use-file-for-fake-video-capture={file}"


def open_with_camera(launch_here, server, signed_in, camera):
    page = launch_here(*CAMERA, camera).new_context(viewport=PHONE, locale="vi-VN", base_url=server).new_page()
    page.context.add_cookies(signed_in)
    db.session.commit()
    page.goto("/gate/gia-lai")
    return page


def test_the_camera_reads_a_code_light_on_dark(launch_here, server, signed_in, badge, tmp_path):  # K021
    camera = film(tmp_path, ROOT / "cases" / "inverted_badge.png")
    word, text = verdict(open_with_camera(launch_here, server, signed_in, camera))
    assert (word, "KHÔNG HỢP LỆ" in text.upper()) == ("refused", True)


def test_a_handheld_scanner_is_green_then_amber_with_time_and_gate_of_the_first(gate_page, token):
    gate_page.keyboard.type(f"HTTPS://FAIR.EXAMPLE.VN/B/{token}\n")
    assert verdict(gate_page)[0] == "admitted"
    gate_page.locator(".verdict").dispatch_event("click")
    gate_page.keyboard.type(token + "\n")
    word, text = verdict(gate_page)
    at = stored()[0].scanned_at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert (word, "ĐÃ VÀO" in text.upper(), f"{at:%H:%M}" in text, "Cổng chính" in text) == (
        "repeated",
        True,
        True,
        True,
    )


def test_an_unknown_code_is_red_and_says_why_and_the_next_one_is_green(gate_page, token):
    gate_page.keyboard.type("8934563138165\n")
    word, text = verdict(gate_page)
    assert (word, "không phải mã thẻ" in text) == ("refused", True)
    gate_page.keyboard.type(token + "\n")
    gate_page.locator(".verdict[data-verdict=admitted]").wait_for()


def test_whatever_a_scanner_puts_around_a_code_it_is_one_scan(gate_page, token):  # K020
    field = gate_page.get_by_placeholder("Máy quét")
    field.focus()
    for number, row in enumerate(SUFFIXES, 1):
        sent = row["received"].replace(row["code"].rpartition("/")[2], token)
        with gate_page.expect_response(lambda answer: answer.url.endswith("/scans")):
            for sign in sent if sent[-1] in "\r\n\t" else f"{sent}\n":
                if sign in "\r\n\t":
                    gate_page.keyboard.press("Tab" if sign == "\t" else "Enter")
                else:
                    gate_page.keyboard.insert_text(sign)
        assert verdict(gate_page)[0] == ("admitted" if number == 1 else "repeated"), row
        assert (len(stored()), field.evaluate("field => document.activeElement === field")) == (number, True), row
        gate_page.locator(".verdict").dispatch_event("click")


def test_vietnamese_typing_is_named_and_nothing_is_stored(gate_page):  # K018
    gate_page.get_by_placeholder("Máy quét").fill("HTTPS://FAỈ.ẼAMPLE.VN/B/7ĐĂQX3ÊƠ5Ự2Ẩ4ỒK6")
    gate_page.keyboard.press("Enter")
    gate_page.get_by_text("Bộ gõ tiếng Việt đang bật").wait_for()
    assert stored() == []


def test_the_keys_tell_the_code_that_vietnamese_typing_changed(gate_page, token):  # K018
    field = gate_page.get_by_placeholder("Máy quét")
    field.evaluate(
        """(field, token) => {
        for (const sign of token) {
            const code = /[0-9]/.test(sign) ? `Digit${sign}` : `Key${sign}`;
            field.dispatchEvent(new KeyboardEvent("keydown", { key: "Process", code, bubbles: true }));
        }
        field.value = "7ĐĂQX3ÊƠ5Ự2Ẩ4ỒK6";
    }""",
        token,
    )
    field.press("Enter")
    assert verdict(gate_page)[0] == "admitted"


def test_a_person_without_the_badge_is_found_by_name(gate_page):
    gate_page.get_by_role("button", name="Tìm theo tên").click()
    gate_page.get_by_placeholder("Họ tên").fill("tran van tung")
    gate_page.get_by_role("button", name="Trần Văn Tùng").click()
    assert verdict(gate_page)[0] == "admitted"


def test_a_search_that_was_not_answered_is_asked_again(gate_page):
    gate_page.route("**/people?*", lambda route: route.abort(), times=1)
    gate_page.get_by_role("button", name="Tìm theo tên").click()
    gate_page.get_by_placeholder("Họ tên").fill("tran van tung")
    gate_page.get_by_text("Máy chủ không trả lời. Đang thử lại.").wait_for()
    gate_page.get_by_role("button", name="Trần Văn Tùng").wait_for()


def test_the_page_is_alive_while_the_browser_still_opens_its_store(gate_page, token):
    gate_page.add_init_script(SLOW_STORE)
    gate_page.reload()
    gate_page.get_by_role("button", name="Tìm theo tên").click()
    gate_page.get_by_role("button", name="Đóng").click(timeout=2000)
    gate_page.keyboard.type(token + "\n")
    assert verdict(gate_page)[0] == "admitted"


def test_a_page_without_a_camera_says_which_reason_and_what_to_do(gate_page):  # K025
    gate_page.get_by_role("heading", name="Thiết bị này không có máy ảnh").wait_for()


def test_a_badge_opened_by_a_stewards_phone_is_checked_in(gate_page, token, server):
    gate_page.goto(f"{server}/B/{token}")
    assert verdict(gate_page)[0] == "admitted"


def test_an_answer_that_was_lost_is_one_scan_and_no_conflict(gate_page, token):  # K005
    gate_page.get_by_text("Cổng chính").wait_for()
    gate_page.route("**/scans", lambda route: (route.fetch(), route.abort()), times=1)
    gate_page.keyboard.type(token + "\n")
    assert verdict(gate_page)[0] == "admitted"
    gate_page.locator("[data-waiting]").wait_for(state="hidden", timeout=15000)
    assert [scan.verdict for scan in stored()] == ["admitted"]


def test_the_page_is_silenced_by_a_switch_that_the_device_remembers(gate_page, token):
    def felt(code):
        gate_page.evaluate("() => { window.felt = []; navigator.vibrate = (pattern) => window.felt.push(pattern); }")
        gate_page.get_by_placeholder("Máy quét").fill(code)
        gate_page.get_by_placeholder("Máy quét").press("Enter")
        verdict(gate_page)
        gate_page.locator(".verdict").dispatch_event("click")  # it may have left by itself
        return gate_page.evaluate("window.felt")

    switch = gate_page.get_by_role("switch", name="Âm thanh và rung")
    assert switch.bounding_box()["height"] >= 44
    three = [felt(token), felt(token), felt("https://example.vn")]  # come in, already in, not valid
    assert len({str(pattern) for pattern in three}) == 3
    assert [len(pattern) for pattern in three] == [1, 1, 1], three
    switch.click()
    assert felt(token) == []
    gate_page.reload()
    expect(switch).not_to_be_checked()
    assert felt(token) == []
    switch.click()
    assert len(felt(token)) == 1

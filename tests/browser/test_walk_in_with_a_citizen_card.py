"""A walk-in at the desk: the camera or a handheld scanner reads the citizen card, the badge goes to the printer."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
import qrcode
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors.models import Registration
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
LINES = (ROOT / "cases" / "cccd_qr.txt").read_text(encoding="utf-8").split("\n")
CARDS = [line.split("\t") for line in LINES if line and not line.startswith("#")]
CARD = "099099000001|990000001|Trần Văn Thử|01011990|Nam|Tổ 1, Pleiku, Gia Lai|01012022"
DESK = "/organizer/fairs/gia-lai/desk"


@pytest.fixture
def session_of_organizer(sign_in, organizer, fair, server):
    keys.create(fair)
    client = sign_in(organizer)
    db.session.commit()
    return [{"name": "techfair", "value": client.get_cookie("techfair").value, "url": server}]


@pytest.fixture
def desk(open_page, session_of_organizer):
    page = open_page(PHONE)
    page.context.add_cookies(session_of_organizer)
    page.goto(DESK)
    return page


def picture_of_card():
    file = io.BytesIO()
    qrcode.make(CARD).save(file)
    return file.getvalue()


def names():
    found = list(db.session.scalars(db.select(Registration.full_name)))
    db.session.rollback()
    return found


def test_the_camera_fills_in_the_name_and_the_badge_is_printed(launch_here, server, session_of_organizer, tmp_path):
    card, camera = tmp_path / "card.png", tmp_path / "camera.mjpeg"
    card.write_bytes(picture_of_card())
    subprocess.run([sys.executable, ROOT / "recipes" / "fake_camera.py", camera, card, "--show", "40"], check=True)
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    browser = launch_here(*flags, f"--use-file-for-fake-video-capture={camera}")
    page = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=server).new_page()
    page.context.add_cookies(session_of_organizer)
    page.goto(DESK)
    page.get_by_role("button", name="Quét thẻ căn cước").click()
    expect(page.get_by_label("Họ và tên")).to_have_value("Trần Văn Thử", timeout=15000)
    expect(page.get_by_text("Đã đọc họ tên từ thẻ")).to_be_visible()
    assert "099099000001" not in page.content()
    page.get_by_role("button", name="Đăng ký và in thẻ").click()
    expect(page.get_by_role("heading", name="Trần Văn Thử")).to_be_visible()
    assert names() == ["Trần Văn Thử"]
    page.get_by_role("link", name="Khách tiếp theo").click()
    expect(page.get_by_label("Họ và tên")).to_have_value("")


def test_a_picture_of_the_code_is_read_where_there_is_no_camera(desk):
    desk.get_by_role("button", name="Quét thẻ căn cước").click()
    expect(desk.get_by_text("Không có máy ảnh")).to_be_visible()
    picture = {"name": "card.png", "mimeType": "image/png", "buffer": picture_of_card()}
    desk.locator("[data-card-picture]").set_input_files(picture)
    expect(desk.get_by_label("Họ và tên")).to_have_value("Trần Văn Thử")
    assert faults(desk) == []


def test_the_browser_reads_cards_as_the_server_does(desk):  # K049
    read = desk.evaluate(
        """async (codes) => {
            const src = document.querySelector('script[src*="desk/card.js"]').src.replace("card.js", "citizen_card.js");
            const { nameOnCard } = await import(src);
            return codes.map(nameOnCard);
        }""",
        [code.replace("\\r", "\r") for _, code, _ in CARDS],
    )
    assert read == [name.removesuffix(" (NFC)") for _, _, name in CARDS]


def test_a_handheld_scanner_leaves_the_name_alone_in_the_field(desk):
    name = desk.get_by_label("Họ và tên")
    name.fill(CARD)
    name.press("Enter")
    expect(name).to_have_value("Trần Văn Thử")
    assert names() == []

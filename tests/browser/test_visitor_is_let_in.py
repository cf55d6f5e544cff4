"""The way of a visitor in a queue: register on the phone, hold the badge, be let in by a camera, and once only."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Badge
from tests.fixtures.browser import PHONE

pytestmark = pytest.mark.browser

ORGANISATION = "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Bà Rịa - Vũng Tàu"
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


def test_a_visitor_registers_and_is_let_in_by_camera_and_amber_the_second_time(
    phone, fair, entrance, sign_in, steward, server, launch_here, film, tmp_path
):  # K023: a badge that stays in view is one scan
    steward_client = sign_in(steward)
    db.session.commit()
    phone.goto("/fairs/gia-lai/register")
    phone.get_by_label("Họ và tên").fill("H'Bia Siu")
    phone.get_by_label("Thư điện tử hoặc số điện thoại").fill("0844 000 531")
    phone.get_by_role("textbox", name="Đơn vị").fill(ORGANISATION)
    phone.get_by_label("Báo chí").check()
    phone.get_by_label(re.compile("Ảnh")).check()
    phone.get_by_role("button", name="Đăng ký").click()
    phone.wait_for_url("**/me/")
    expect(phone.get_by_role("heading", name="H'Bia Siu")).to_be_visible()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Lưu ảnh").click()
    token = badges.token(db.session.scalars(db.select(Badge)).one(), fair)
    db.session.rollback()
    picture = download.value.path().read_bytes()
    assert [token in read(seen) for seen in (phone.locator(".badge-code").screenshot(), picture)] == [True, True]

    kept = tmp_path / "badge.png"
    kept.write_bytes(picture)
    held = film(
        (kept, "--show", 12, "--blank", 0), (kept, "--show", 0, "--blank", 9)
    )  # four seconds, then gone for three
    gate = launch_here(*CAMERA, held).new_context(viewport=PHONE, locale="vi-VN", base_url=server).new_page()
    session = {"name": "techfair", "value": steward_client.get_cookie("techfair").value, "url": server}
    gate.context.add_cookies([session])
    gate.goto("/gate/gia-lai")
    verdict = gate.locator(".verdict:not([hidden])")
    expect(verdict).to_have_attribute("data-verdict", "admitted", timeout=20000)
    for told in (re.compile("mời vào", re.I), "H'Bia Siu", ORGANISATION):
        expect(verdict).to_contain_text(told)
    expect(verdict).to_have_attribute("data-verdict", "repeated", timeout=20000)
    expect(verdict).to_contain_text("Cổng A")
    (first, at), (second, later) = db.session.execute(
        db.select(Scan.verdict, Scan.scanned_at).order_by(Scan.scanned_at)
    )
    db.session.rollback()
    assert (first, second, later - at > timedelta(seconds=2)) == ("admitted", "repeated", True)


def read(picture):
    return zxingcpp.read_barcodes(Image.open(BytesIO(picture)))[0].text

"""An exhibitor registers over a closed browser, signs in by the mailed link, publishes a technology (path 2)."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair

pytestmark = pytest.mark.browser


def logo() -> dict[str, Any]:
    data = BytesIO()
    Image.new("RGB", (120, 60), "#0B5D51").save(data, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": data.getvalue()}


def sign_in_link(server: str) -> str:
    """The path of the link in the newest mail, as its reader would open it."""
    text = db.session.scalars(db.select(Mail.text).order_by(Mail.id.desc()).limit(1)).one()
    db.session.rollback()  # an open transaction would keep the server from writing
    return next(line for line in text.splitlines() if "/sign-in/link/" in line).removeprefix(server)


def test_an_exhibitor_registers_signs_in_by_mail_and_publishes_a_technology(
    fair: Fair, page: Any, server: str, open_page: Callable[..., Any]
) -> None:
    page.goto("/fairs/gia-lai/apply")
    page.get_by_label("Tên pháp lý").fill("Công ty TNHH Cơ khí Đại Nguyên")
    page.get_by_label("Mã số thuế").fill("9900000144")
    page.get_by_label("Tỉnh, thành phố").select_option(label="Gia Lai")
    page.get_by_label("Chế biến, bảo quản nông sản và thực phẩm").check()
    page.get_by_label("Họ và tên người liên hệ").fill("Võ Thanh Vân")
    page.get_by_label("E-mail người liên hệ").fill("van@dai-nguyen.example.vn")
    page.get_by_label("Điện thoại người liên hệ").fill("0269 3800 531")
    expect(page.locator("#draft-status")).to_contain_text("Đã tự lưu lúc")
    page.goto("about:blank")  # the browser is closed, and opened again later

    page.goto("/fairs/gia-lai/apply")
    expect(page.get_by_label("Họ và tên người liên hệ")).to_have_value("Võ Thanh Vân")
    expect(page.get_by_label("Chế biến, bảo quản nông sản và thực phẩm")).to_be_checked()
    page.locator("input[type=file]").set_input_files(logo())
    page.get_by_label("Nội dung trưng bày").fill("Máy sấy cà phê trống quay")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("sai số kiểm tra")

    page.get_by_label("Mã số thuế").fill("9900000111")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận hồ sơ")
    expect(page.get_by_text("van@dai-nguyen.example.vn")).to_be_visible()

    page.goto(sign_in_link(server))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hồ sơ đăng ký")
    page.get_by_role("link", name="Thêm công nghệ").click()
    page.get_by_label("Tên tiếng Việt").fill("Máy sấy trống quay cho cà phê")
    page.get_by_label("Tóm tắt bằng tiếng Việt").fill("Sấy 6 tấn một mẻ, đốt vỏ cà phê.")
    page.get_by_label("Chế biến, bảo quản nông sản và thực phẩm").check()
    page.get_by_label("9 – Hệ thống hoàn chỉnh").check()
    page.get_by_label("Chìa khóa trao tay").check()
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("status")).to_contain_text("Đã công bố")
    expect(page.get_by_role("row", name="Máy sấy trống quay cho cà phê")).to_contain_text("Đã công bố")

"""From the first click to a furnished booth and a technology that visitors find, in one story (paths 1 and 2)."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect

from techfair.accounts import links, people
from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies, needs
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair

pytestmark = pytest.mark.browser

QUEUE = "/organizer/fairs/gia-lai/exhibitors"
OFFER = {
    "title_vi": "Máy sấy trống quay cho cà phê",
    "title_en": "Rotary drum dryer for coffee",
    "summary_vi": "Sấy 6 tấn cà phê một mẻ, đốt vỏ cà phê.",
    "summary_en": "Dries 6 tonnes of coffee a batch, fired with husk.",
}
NEED = {
    "title_vi": "Phân loại hạt cà phê theo màu",
    "title_en": "Sorting coffee beans by colour",
    "problem_vi": "Phân loại bằng tay chậm và sai nhiều.",
    "problem_en": "Sorting by hand is slow and often wrong.",
    "wanted_result_vi": "2 tấn một giờ, sai dưới 1 %.",
    "wanted_result_en": "2 tonnes an hour, under 1 % wrong.",
}


@pytest.fixture
def office(fair: Fair, organizer: User) -> str:
    """A hall of six booths, and a neighbour who needs what will be offered; the link by which the organizer enters."""
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A", columns=24, rows=8)
    db.session.add(hall)
    db.session.flush()
    db.session.add_all(
        Booth(fair_id=fair.id, hall_id=hall.id, code=f"A0{number}", x=3 * number, y=1) for number in range(1, 7)
    )
    farmer = people.person("y@ea-tul.example.vn", "Y Moan Êban")
    company = companies.create(farmer, ["food"], name_vi="Hợp tác xã Ea Tul", contact_email=farmer.email)
    application = applications.start(fair, company, farmer, exhibits="Cà phê")
    applications.submit(application, farmer)
    applications.approve(application, organizer)
    told = {"title_vi": "Sấy cà phê mùa mưa", "problem_vi": "Cà phê bị mốc", "wanted_result_vi": "Máy sấy 5 tấn"}
    needs.publish(needs.create(company, farmer, ["food"], **told), farmer)
    door = links.sign_in_address(organizer, next=QUEUE)
    db.session.commit()
    return "/" + door.split("/", 3)[3]


def logo() -> dict[str, Any]:
    data = BytesIO()
    Image.new("RGB", (120, 60), "#0B5D51").save(data, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": data.getvalue()}


def newest_mail(address: str) -> Mail:
    mine = db.select(Mail).where(Mail.to_address == address).order_by(Mail.id.desc()).limit(1)
    letter = db.session.scalars(mine).one()
    db.session.expunge(letter)
    db.session.rollback()  # an open transaction would keep the server from writing
    return letter


def enter(page: Any, door: str) -> None:
    page.goto(door)
    press(page, page.get_by_role("main").get_by_role("button").first)


def press(page: Any, button: Any) -> None:
    with page.expect_navigation():
        button.click()


def fill(page: Any, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def decide(office: Any, company: str, deed: str, reason: str = "") -> None:
    office.goto(QUEUE)
    office.get_by_role("link", name=company).first.click()
    if reason:
        office.get_by_label("Lý do").fill(reason)
    press(office, office.get_by_role("button", name=deed, exact=True))


def test_from_the_first_click_to_a_booth_and_a_technology_that_is_found_matched_saved_and_exported(
    page: Any, open_page: Callable[..., Any], phone: Any, office: str, server: str
) -> None:
    _applies(page)
    desk = open_page()
    enter(desk, office)
    decide(desk, "Công ty TNHH Cơ khí Đại Nguyên", "Trả lại để bổ sung", "Ghi rõ máy nào sẽ chạy thử.")

    _corrects(page, server)
    decide(desk, "Công ty TNHH Cơ khí Đại Nguyên", "Duyệt")
    assert newest_mail("van@dai-nguyen.example.vn").subject.startswith("Dai Nguyen Machinery is an exhibitor")

    _gets_a_booth(page, desk)
    _publishes(page, "technologies", OFFER)
    _publishes(page, "needs", NEED)
    _prepares(page)
    _is_found(phone, open_page(language="en"))


def _applies(page: Any) -> None:
    """Over a closed browser, and a tax code with a wrong digit."""
    page.goto("/fairs/gia-lai/apply")
    fill(page, {"name_vi": "Công ty TNHH Cơ khí Đại Nguyên", "name_en": "Dai Nguyen Machinery"})
    fill(page, {"tax_code": "9900000144", "contact_name": "Võ Thanh Vân", "contact_phone": "0269 3800 531"})
    page.locator("[name=province_code]").select_option(label="Gia Lai")
    page.get_by_label("Chế biến, bảo quản nông sản và thực phẩm").check()
    page.locator("[name=contact_email]").fill("van@dai-nguyen.example.vn")
    page.get_by_label("English").check()
    expect(page.locator("#draft-status")).to_contain_text("Đã tự lưu lúc")
    page.goto("about:blank")  # the browser is closed, and opened again later

    page.goto("/fairs/gia-lai/apply")
    expect(page.locator("[name=contact_name]")).to_have_value("Võ Thanh Vân")
    page.locator("input[type=file]").set_input_files(logo())
    page.locator("[name=exhibits]").fill("Máy sấy")
    press(page, page.get_by_role("button", name="Nộp hồ sơ"))
    expect(page.get_by_role("alert")).to_contain_text("sai số kiểm tra")
    page.locator("[name=tax_code]").fill("9900000111")
    press(page, page.get_by_role("button", name="Nộp hồ sơ"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận hồ sơ")


def _corrects(page: Any, server: str) -> None:
    """By the link of the mail that says why."""
    letter = newest_mail("van@dai-nguyen.example.vn")
    assert "Ghi rõ máy nào sẽ chạy thử." in letter.text
    link = next(line for line in letter.text.splitlines() if "/sign-in/link/" in line)
    enter(page, link.removeprefix(server))
    page.goto("/exhibitor/?lang=vi")
    page.get_by_role("link", name="Bổ sung và nộp lại").click()
    page.locator("[name=exhibits]").fill("Máy sấy trống quay, chạy thử mỗi giờ")
    press(page, page.get_by_role("button", name="Nộp hồ sơ"))
    expect(page.get_by_role("status").first).to_contain_text("Đã nộp lại hồ sơ")


def _gets_a_booth(page: Any, desk: Any) -> None:
    page.goto("/exhibitor/booth")
    page.locator(".hall-plan path.open").nth(3).click()
    expect(page.locator("#booth_id")).not_to_have_value("")
    press(page, page.get_by_role("main").get_by_role("button", name="Đề nghị gian này", exact=True))
    desk.goto(f"{QUEUE}/booths/requests")
    desk.locator("summary", has_text="Mời nhận").click()
    press(desk, desk.get_by_role("button", name="Mời nhận gian", exact=True))
    page.goto("/exhibitor/booth")
    press(page, page.get_by_role("button", name="Nhận gian A04", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("Gian hàng đã thuộc về Quý đơn vị.")


def _publishes(page: Any, folder: str, record: dict[str, str]) -> None:
    page.goto(f"/exhibitor/{folder}/new")
    fill(page, record)
    page.get_by_label("Chế biến, bảo quản nông sản và thực phẩm").check()
    if folder == "technologies":
        page.get_by_label("9 – Hệ thống hoàn chỉnh").check()
        page.get_by_label("Chìa khóa trao tay").check()
    press(page, page.get_by_role("button", name="Công bố"))
    expect(page.get_by_role("row", name=record["title_vi"])).to_contain_text("Đã công bố")


def _prepares(page: Any) -> None:
    """Until the checklist is at its end."""
    page.goto("/exhibitor/profile")
    fill(page, {"profile_vi": "Làm máy chế biến cà phê từ 1998.", "profile_en": "Coffee machines since 1998."})
    press(page, page.get_by_role("button", name="Lưu hồ sơ"))
    page.goto("/exhibitor/preparing/booth")
    fill(page, {"fascia_vi": "CƠ KHÍ ĐẠI NGUYÊN", "fascia_en": "DAI NGUYEN MACHINERY", "power_watts": "3000"})
    page.locator("[name=has_no_deliveries]").check()
    press(page, page.get_by_role("main").get_by_role("button").first)
    expect(page.get_by_role("main")).to_contain_text("Đã xong 100 %")


def _is_found(phone: Any, english: Any) -> None:
    """By a visitor who types without accents, and from the need that it fits; saved, and taken along as a table."""
    phone.goto("/fairs/gia-lai/technologies")
    phone.get_by_role("searchbox").fill("may say ca fe trong quay")
    phone.get_by_role("searchbox").press("Enter")
    phone.get_by_role("link", name=OFFER["title_vi"]).click()
    expect(phone.get_by_role("main")).to_contain_text("Gian A04")
    press(phone, phone.get_by_role("button", name="Lưu vào danh sách"))
    expect(phone.get_by_role("link", name=OFFER["title_vi"])).to_be_visible()

    english.goto("/fairs/gia-lai/needs?q=say+ca+phe")
    english.get_by_role("link", name="Sấy cà phê mùa mưa").click()
    english.get_by_role("link", name=OFFER["title_en"]).click()
    expect(english.get_by_role("heading", level=1)).to_have_text(OFFER["title_en"])
    sheet = english.request.get("/fairs/gia-lai/technologies.xlsx").body()
    told = {cell.value for row in openpyxl.load_workbook(BytesIO(sheet)).active.rows for cell in row}
    assert {OFFER["title_vi"], OFFER["title_en"]} <= told

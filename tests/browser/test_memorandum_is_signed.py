"""Exhibitor and partner turn a meeting into a memorandum and sign it on their phones (path 6)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import passwords, people
from techfair.accounts.models import User
from techfair.agreements.models import Agreement
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import OURS, THEIRS, Mailbox, meet
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import DESK, PHONE
from tests.fixtures.serving import within

pytestmark = pytest.mark.browser
PASSWORD = "một mật khẩu dài cho bài thử"


@pytest.fixture
def meeting(fair: Fair, organizer: User) -> None:
    """A meeting of a visitor with a company whose manager signs in by password."""
    user = people.person(OURS, "Võ Thanh Vân")
    passwords.set_password(user, PASSWORD)
    company = companies.create(
        user, ["food"], name_vi="Công ty Cơ khí Đại Nguyên", contact_name="Võ Thanh Vân", contact_email=OURS
    )
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    meet(fair, applications.approve(application, organizer), user)


def look(page: Any) -> None:
    """Axe finds nothing on the page that is shown, and it fits the window."""
    assert (page.url, faults(page)) == (page.url, [])


def sign_in(page: Any, email: str) -> None:
    page.goto("/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def draft_and_send(page: Any) -> None:
    sign_in(page, OURS)
    page.goto("/exhibitor/meetings")
    page.get_by_role("link", name="Soạn biên bản ghi nhớ").click()
    look(page)
    page.get_by_label("Nội dung bằng tiếng Việt").fill("Dây chuyền sấy cà phê")
    page.get_by_label("Giá trị dự kiến").fill("24 tỷ 500 triệu")
    expect(page.get_by_label("Tên pháp lý của bên").nth(1)).to_have_value("Trang trại Ia Grai")
    expect(page.locator("[name=parties-1-email]")).to_have_value(THEIRS)
    page.get_by_role("button", name="Lưu dự thảo").click()
    look(page)
    page.locator("summary", has_text="Gửi ký").click()
    page.get_by_role("button", name="Chốt và gửi").click()
    expect(page.get_by_role("heading", name="Đang chờ các bên ký")).to_be_visible()
    look(page)


def sign(phone: Any, box: Mailbox) -> None:
    phone.goto(box.link)
    expect(phone.get_by_role("img", name="Trang 1 trên 2")).to_be_visible()
    look(phone)
    phone.get_by_role("link", name="Đến phần ký").click()
    phone.get_by_role("button", name="Gửi mã cho tôi").click()
    code = box.code
    phone.get_by_label("Mã trong thư").fill(f"{(int(code) + 1) % 10**6:06d}")
    phone.get_by_role("button", name="Ký văn bản").click()
    expect(phone.get_by_role("alert")).to_contain_text("Mã này chưa đúng")
    look(phone)
    phone.get_by_label("Mã trong thư").fill(f"{code[:3]} {code[3:]}")
    phone.get_by_role("button", name="Ký văn bản").click()


def documents_sent() -> int:
    count = db.session.scalar(db.select(db.func.count()).select_from(Mail).filter_by(template="agreement_completed"))
    db.session.rollback()
    return count or 0


def test_exhibitor_and_partner_sign_a_memorandum_and_both_get_the_document(
    meeting: None, page: Any, open_page: Callable[..., Any]
) -> None:
    draft_and_send(page)
    first, second = open_page(PHONE), open_page(PHONE)
    sign(first, Mailbox(OURS))
    expect(first.get_by_role("heading", name="Quý khách đã ký")).to_be_visible()
    sign(second, Mailbox(THEIRS))
    expect(second.get_by_role("heading", name="Các bên đã ký đủ")).to_be_visible()
    assert within(20, lambda: documents_sent() == 2)

    second.reload()
    look(second)
    second.get_by_role("link", name="Xác minh văn bản").first.click()
    expect(second.get_by_role("heading", name="Nguyên vẹn, các bên đã ký đủ")).to_be_visible()
    look(second)
    page.reload()
    expect(page.get_by_role("link", name="Văn bản đã ký")).to_be_visible()
    look(page)


def test_the_organizer_s_registers_and_record_are_accessible(
    meeting: None, organizer: User, page: Any, open_page: Callable[..., Any]
) -> None:
    draft_and_send(page)
    passwords.set_password(organizer, PASSWORD)
    id, email = db.session.scalars(db.select(Agreement.id)).one(), organizer.email
    db.session.commit()
    for window in (open_page(DESK), open_page(PHONE)):
        sign_in(window, email)
        for address in ("", "?register=ndas", f"/{id}"):
            window.goto(f"/organizer/fairs/gia-lai/agreements{address}")
            look(window)

"""Exhibitor and partner turn a meeting into a signed memorandum on their phones; a stranger verifies it (path 6)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from techfair.accounts import passwords, people
from techfair.accounts.models import User
from techfair.agreements import drafting
from techfair.agreements.schemas import Deal, PartyInput
from techfair.agreements.sealing.identities import der
from techfair.agreements.trust import anchors
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import OURS, THEIRS, Mailbox, meet
from tests.agreements.sealing import pki
from tests.agreements.test_own_certificate import PASSWORD as FILE_PASSWORD
from tests.agreements.test_own_certificate import p12
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


def draft(phone: Any) -> None:
    """From the meeting to a draft that lies before the partner."""
    sign_in(phone, OURS)
    phone.goto("/exhibitor/meetings")
    phone.get_by_role("link", name="Soạn biên bản ghi nhớ").click()
    look(phone)
    phone.get_by_label("Nội dung bằng tiếng Việt").fill("Dây chuyền sấy cà phê")
    phone.get_by_label("Giá trị dự kiến").fill("24 tỷ 500 triệu")
    expect(phone.get_by_label("Tên pháp lý của bên").nth(1)).to_have_value("Trang trại Ia Grai")
    expect(phone.locator("[name=parties-1-email]")).to_have_value(THEIRS)
    phone.get_by_role("button", name="Lưu dự thảo").click()
    look(phone)
    phone.locator("summary", has_text="Gửi các bên góp ý").click()
    phone.get_by_role("button", name="Gửi đường dẫn").click()
    expect(phone.get_by_role("heading", name="Đang thương thảo")).to_be_visible()


def comment_and_agree(phone: Any) -> None:
    found = re.search(r"https?://[^/]+(/negotiate/\S+)", Mailbox(THEIRS).newest("negotiation_invitation").text)
    phone.goto(found[1] if found else "")
    look(phone)
    clause = phone.locator("#clause-0")
    clause.locator("summary", has_text="Góp ý").click()
    clause.get_by_role("textbox").first.fill("Xin giữ nguyên điều này.")
    clause.get_by_role("button", name="Gửi góp ý").click()
    expect(phone.get_by_text("Xin giữ nguyên điều này.")).to_be_visible()
    phone.locator("summary", has_text="Tôi đồng ý nội dung này").click()
    phone.get_by_role("button", name="Tôi đồng ý", exact=True).click()
    expect(phone.get_by_text("Các bên đều đồng ý.")).to_be_visible()


def sign_by_drawing(phone: Any, box: Mailbox) -> None:
    phone.goto(box.link)
    expect(phone.get_by_role("img", name="Trang 1 trên 2")).to_be_visible()
    phone.get_by_role("link", name="Đến phần ký").click()
    phone.get_by_role("button", name="Gửi mã cho tôi").click()
    pad = phone.get_by_role("img", name="Khung để vẽ chữ ký")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    at = pad.bounding_box()
    phone.mouse.move(at["x"] + 30, at["y"] + 40)
    phone.mouse.down()
    phone.mouse.move(at["x"] + 150, at["y"] + 70, steps=5)
    phone.mouse.up()
    code = box.code
    phone.get_by_label("Mã trong thư").fill(f"{(int(code) + 1) % 10**6:06d}")
    phone.get_by_role("button", name="Ký văn bản").click()
    expect(phone.get_by_role("alert")).to_contain_text("Mã này chưa đúng")
    look(phone)
    phone.get_by_label("Mã trong thư").fill(f"{code[:3]} {code[3:]}")
    phone.get_by_role("button", name="Ký văn bản").click()
    expect(phone.get_by_role("heading", name="Quý khách đã ký")).to_be_visible()


def sign_by_certificate(phone: Any, box: Mailbox, name: str) -> None:
    phone.goto(box.link)
    phone.locator("summary", has_text="Ký bằng chứng thư số của mình").click()
    file = {"name": "a.p12", "mimeType": "application/x-pkcs12", "buffer": p12(pki.issue(name))}
    phone.get_by_label("Tệp chứng thư số").set_input_files(file)
    phone.get_by_label("Mật khẩu của tệp").fill(FILE_PASSWORD)
    phone.get_by_role("button", name="Ký bằng chứng thư số").click()
    expect(phone.get_by_role("heading", name="Các bên đã ký đủ")).to_be_visible()


def hand_in(stranger: Any, file: bytes) -> None:
    stranger.goto("/verify")
    given = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": file}
    stranger.get_by_label("Tệp PDF đã ký").set_input_files(given)
    stranger.get_by_role("button", name="Xác minh tệp").click()


def documents_sent() -> int:
    count = db.session.scalar(db.select(db.func.count()).select_from(Mail).filter_by(template="agreement_completed"))
    db.session.rollback()
    return count or 0


def test_from_a_meeting_to_a_memorandum_that_a_stranger_verifies(
    meeting: None, administrator: User, open_page: Callable[..., Any]
) -> None:
    anchors.add(der(pki.root().certificate), by=administrator)
    db.session.commit()
    first, second, stranger = open_page(PHONE), open_page(PHONE), open_page(PHONE)
    draft(first)
    comment_and_agree(second)
    sign_by_drawing(first, Mailbox(OURS))
    sign_by_certificate(second, Mailbox(THEIRS), "Trần Văn Tùng")
    assert within(20, lambda: documents_sent() == 2)

    second.reload()
    look(second)
    address = second.get_by_role("link", name="Văn bản đã ký").get_attribute("href")
    file = second.request.get(address).body()
    hand_in(stranger, file)
    expect(stranger.get_by_role("heading", name="Đúng bản gốc, đủ chữ ký, không bị thay đổi")).to_be_visible()
    for name in ("Võ Thanh Vân", "Trần Văn Tùng"):
        expect(stranger.get_by_role("heading", name=name, exact=True)).to_be_visible()
    look(stranger)
    hand_in(stranger, file[:4000] + bytes([file[4000] ^ 1]) + file[4001:])
    expect(stranger.get_by_role("heading", name="không nên tin tệp này")).to_be_visible()
    look(stranger)
    second.get_by_role("link", name="Xác minh văn bản").first.click()
    expect(second.get_by_role("heading", name="Nguyên vẹn, các bên đã ký đủ")).to_be_visible()


def test_the_organizer_s_registers_and_record_are_accessible(
    fair: Fair, organizer: User, open_page: Callable[..., Any]
) -> None:
    passwords.set_password(organizer, PASSWORD)
    sides = [PartyInput(name_vi=f"Bên {box}", representative="Người ký", email=box) for box in (OURS, THEIRS)]
    agreement = drafting.draft(fair, "memorandum", Deal(subject_vi="Dây chuyền sấy"), sides, by=None)
    db.session.flush()
    id, email = agreement.id, organizer.email
    db.session.commit()
    for window in (open_page(DESK), open_page(PHONE)):
        sign_in(window, email)
        for address in ("", "?register=ndas", f"/{id}"):
            window.goto(f"/organizer/fairs/gia-lai/agreements{address}")
            look(window)

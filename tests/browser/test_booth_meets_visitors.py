"""At a booth: its people note leads without network, and a visitor scans the booth, sees what is stored, erases it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from techfair.core import clock
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, own, registering
from techfair.visitors.leads.models import Lead, LeadNote
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import KEPT, PHONE

pytestmark = pytest.mark.browser

SCAN = "/exhibitor/leads/scan"


@pytest.fixture
def manager(fair, organizer, make_user):
    """Acts for an approved exhibitor with one question of its own."""
    keys.create(fair)
    user = make_user("dai-nguyen@example.vn", full_name="Nguyễn Văn Quản")
    company = companies.create(user, ["food"], name_vi="Công ty Cơ khí Đại Nguyên", contact_email=user.email)
    company.public_ref = "dai-nguyen"
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    applications.approve(application, organizer)
    db.session.commit()
    return user


@pytest.fixture
def visitor(fair, manager):
    given = RegistrationInput(
        full_name="H'Bia Siu", organisation="HTX Chư Sê", email="bia@example.vn", consents=frozenset()
    )
    registration = registering.register(fair, given)
    db.session.commit()
    return registration


@pytest.fixture
def token(visitor, fair):
    token = badges.token(badges.valid_badge(visitor), fair)
    db.session.commit()
    return token


@pytest.fixture
def booth(open_page, sign_in, manager, server):
    """The phone of one of the exhibitor's people, kept for when there is no network."""
    client = sign_in(manager)
    client.post("/exhibitor/leads/questions", data={"text": "Bao giờ cần?"})
    page = open_page(PHONE)
    page.context.add_cookies([{"name": "techfair", "value": client.get_cookie("techfair").value, "url": server}])
    page.goto(SCAN)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.evaluate(KEPT)
    return page


def read_badge(page, token):
    page.get_by_placeholder("Máy quét").fill(token)
    page.get_by_placeholder("Máy quét").press("Enter")
    expect(page.get_by_role("heading", name="Số 1")).to_be_visible()


def stored():
    notes = list(db.session.execute(db.select(LeadNote.text, LeadNote.rating, LeadNote.answers, LeadNote.noted_at)))
    db.session.rollback()
    return notes


def test_a_lead_is_noted_without_network_and_sent_once_it_is_back(booth, token):
    booth.context.set_offline(True)
    read_badge(booth, token)
    read_at = clock.now()
    booth.get_by_label("4", exact=True).check()
    booth.get_by_label("Ghi chú").fill("Cần máy sấy 2 tấn")
    booth.get_by_label("Bao giờ cần?").fill("Quý II")
    assert faults(booth) == []
    booth.get_by_role("button", name="Lưu").click()
    expect(booth.get_by_text("1 ghi chú chờ gửi")).to_be_visible()
    booth.reload()  # the page opens without network, too, and what was noted is still there
    expect(booth.get_by_text("1 ghi chú chờ gửi")).to_be_visible()
    assert stored() == []
    booth.context.set_offline(False)
    expect(booth.get_by_text("Đã gửi hết")).to_be_visible(timeout=15000)
    ((text, rating, answers, noted_at),) = stored()
    assert (text, rating, answers) == ("Cần máy sấy 2 tấn", 4, {"Bao giờ cần?": "Quý II"})
    assert abs(noted_at - read_at) < timedelta(seconds=10)


def test_what_is_typed_while_another_note_is_on_its_way_is_not_lost(booth, fair, token):
    other = registering.register(fair, RegistrationInput(full_name="Lê An", email="an@example.vn"))
    second = badges.token(badges.valid_badge(other), fair)
    db.session.commit()
    booth.route("**/exhibitor/leads/of/*", lambda route: None)  # the answer lets itself be waited for
    read_badge(booth, token)
    booth.get_by_role("button", name="Lưu").click()
    booth.wait_for_timeout(300)
    booth.get_by_placeholder("Máy quét").fill(second)
    booth.get_by_placeholder("Máy quét").press("Enter")
    expect(booth.get_by_role("heading", name="Số 2")).to_be_visible()  # the queue does not wait for the network
    booth.get_by_label("Ghi chú").fill("Cần báo giá")
    booth.unroute("**/exhibitor/leads/of/*")
    booth.get_by_text("H'Bia Siu").first.wait_for()
    booth.get_by_role("button", name="Lưu").click()
    expect(booth.get_by_text("Đã gửi hết")).to_be_visible(timeout=15000)
    booth.get_by_text("Lê An").first.wait_for()
    assert sorted(note.text for note in stored()) == ["", "Cần báo giá"]


def test_a_page_closed_while_typing_leaves_the_reading_alone(booth, fair, token):
    other = registering.register(fair, RegistrationInput(full_name="Lê An", email="an@example.vn"))
    second = badges.token(badges.valid_badge(other), fair)
    db.session.commit()
    read_badge(booth, token)
    booth.get_by_label("Ghi chú").fill("Của người trước")
    booth.get_by_placeholder("Máy quét").fill(second)
    booth.get_by_placeholder("Máy quét").press("Enter")
    expect(booth.get_by_role("heading", name="Số 2")).to_be_visible()
    booth.reload()
    expect(booth.get_by_text("Đã gửi hết")).to_be_visible(timeout=15000)
    assert sorted(note.text for note in stored()) == ["", "Của người trước"]


def test_with_network_the_name_shows_and_the_list_holds_the_lead(booth, token):
    read_badge(booth, token)
    booth.get_by_role("button", name="Lưu").click()
    expect(booth.get_by_text("H'Bia Siu · HTX Chư Sê").first).to_be_visible()
    booth.get_by_role("link", name="Đến danh sách khách tiềm năng").click()
    expect(booth.get_by_role("link", name="H'Bia Siu")).to_be_visible()
    expect(booth.get_by_text("không chia sẻ", exact=True)).to_be_visible()
    assert faults(booth) == []


def test_another_code_says_so_and_notes_nothing(booth):
    booth.get_by_placeholder("Máy quét").fill("https://example.vn")
    booth.get_by_placeholder("Máy quét").press("Enter")
    expect(booth.locator("[data-said]")).not_to_be_empty()
    assert stored() == []


def test_a_visitor_scans_a_booth_then_sees_and_erases_what_is_stored(phone, visitor):
    path = "/me/" + own.address(visitor).partition("/me/")[2]
    db.session.commit()
    phone.goto(path)
    phone.goto("/fairs/gia-lai/exhibitors/dai-nguyen")  # what the booth's code opens
    phone.get_by_role("button", name="Lưu vào danh sách").click()
    expect(phone.get_by_text("Đơn vị này đã có trong danh sách.")).to_be_visible()
    phone.get_by_text("Liên hệ với tôi", exact=True).click()
    phone.get_by_role("textbox", name="Về việc gì? (không bắt buộc)").fill("Báo giá máy sấy")
    assert faults(phone) == []
    phone.get_by_role("button", name="Để lại liên hệ").click()
    expect(phone.get_by_text("được xem thông tin liên hệ của Quý khách").first).to_be_visible()
    phone.get_by_role("link", name="Mở danh sách của tôi").click()
    expect(phone.get_by_role("link", name="Công ty Cơ khí Đại Nguyên").last).to_be_visible()
    assert faults(phone) == []
    phone.get_by_role("link", name="Về thẻ của tôi").click()
    phone.get_by_role("link", name="Dữ liệu của tôi").click()
    expect(phone.get_by_text("bia@example.vn")).to_be_visible()
    expect(phone.get_by_role("cell", name="Công ty Cơ khí Đại Nguyên")).to_be_visible()
    assert faults(phone) == []
    phone.get_by_role("link", name="Xóa dữ liệu của tôi").click()
    assert faults(phone) == []
    phone.get_by_role("button", name="Xóa hẳn dữ liệu của tôi").click()
    expect(phone.get_by_text("Dữ liệu của Quý khách đã được xóa")).to_be_visible()
    names = list(db.session.scalars(db.select(Registration.full_name)))
    leads = list(db.session.scalars(db.select(Lead.id)))
    db.session.rollback()
    assert (names, leads) == (["(đã xóa · erased)"], [])

"""A visitor opened a booth's code, then the network went: what they tap waits on the phone and goes up once."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from techfair.core import clock
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import own, registering
from techfair.visitors.leads.models import ContactShare, KeptExhibitor, LeadNote
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser

PAGE = "/fairs/gia-lai/exhibitors/dai-nguyen"  # what the booth's code opens
SCOPE, WORKER = "/fairs/gia-lai/exhibitors/", "/fairs/gia-lai/taps/worker.js"


@pytest.fixture
def visitor(phone, fair, organizer, make_user):
    """Their phone knows them; the exhibitor is approved."""
    keys.create(fair)
    user = make_user("dai-nguyen@example.vn")
    company = companies.create(user, ["food"], name_vi="Công ty Cơ khí Đại Nguyên", contact_email=user.email)
    company.public_ref = "dai-nguyen"
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    applications.approve(application, organizer)
    given = RegistrationInput(full_name="H'Bia Siu", email="bia@example.vn", consents=frozenset())
    registration = registering.register(fair, given)
    db.session.commit()
    path = "/me/" + own.address(registration).partition("/me/")[2]
    db.session.commit()
    phone.goto(path)
    return registration


def stored():
    found = [list(db.session.scalars(db.select(column))) for column in (KeptExhibitor.kept_at, ContactShare.given_at)]
    notes = list(db.session.scalars(db.select(LeadNote.text)))
    db.session.rollback()
    return *found, notes


def test_taps_without_network_wait_and_go_up_once_with_their_time(phone, visitor):
    phone.goto(PAGE)
    phone.get_by_role("button", name="Lưu vào danh sách").wait_for()
    phone.wait_for_timeout(500)  # the script has opened the phone's store
    phone.context.set_offline(True)
    tapped_at = clock.now()
    phone.get_by_role("button", name="Lưu vào danh sách").click()
    expect(phone.get_by_text("đã lưu trên máy này").filter(visible=True)).to_be_visible()
    phone.get_by_text("Liên hệ với tôi", exact=True).click()
    phone.get_by_role("textbox", name="Về việc gì? (không bắt buộc)").fill("Báo giá máy sấy")
    phone.get_by_role("button", name="Để lại liên hệ").click()
    expect(phone.get_by_text("đã lưu trên máy này").filter(visible=True)).to_have_count(2)
    assert faults(phone) == []
    assert stored() == ([], [], [])
    phone.wait_for_timeout(3000)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Đã lưu vào danh sách.")).to_be_visible(timeout=15000)
    (kept_at,), (given_at,), texts = stored()
    assert texts == ["Báo giá máy sấy"]
    assert all(abs(at - tapped_at) < timedelta(seconds=3) for at in (kept_at, given_at))
    phone.goto(PAGE)
    expect(phone.get_by_role("button", name="Lưu vào danh sách")).to_have_count(0)


def test_a_booths_code_opened_without_network_keeps_the_tap_and_sends_it_later(phone, visitor):
    phone.evaluate(f"navigator.serviceWorker.register('{WORKER}', {{ scope: '{SCOPE}' }})")  # as the badge's page did
    phone.wait_for_function(f"navigator.serviceWorker.getRegistration('{SCOPE}').then((it) => Boolean(it.active))")
    phone.context.set_offline(True)
    phone.goto(PAGE)
    expect(phone.get_by_role("heading", name="Công ty Cơ khí Đại Nguyên")).to_be_visible()
    expect(phone.get_by_text("H'Bia Siu")).to_have_count(0)
    assert faults(phone) == []
    phone.get_by_role("button", name="Lưu vào danh sách").click()
    expect(phone.get_by_text("đã lưu trên máy này").filter(visible=True)).to_be_visible()
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.goto("/me/list")
    expect(phone.get_by_role("link", name="Công ty Cơ khí Đại Nguyên")).to_be_visible(timeout=15000)


def test_with_network_a_tap_is_done_at_once(phone, visitor):
    phone.goto(PAGE)
    phone.get_by_role("button", name="Lưu vào danh sách").click()
    expect(phone.get_by_text("Đơn vị này đã có trong danh sách.")).to_be_visible()
    assert faults(phone) == []


def test_a_phone_whose_page_is_closed_keeps_no_number_of_its_visitor(phone, visitor):
    phone.wait_for_function("localStorage.length === 1")
    phone.get_by_role("button", name="Đóng trang của tôi").click()
    phone.wait_for_url("**/register")
    assert phone.evaluate("localStorage.length") == 0

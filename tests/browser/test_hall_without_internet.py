"""A hall of two servers: cut from the centre its gates go on, and when they meet again the organizer sees conflicts."""

import pytest
from playwright.sync_api import expect

from techfair.accounts import links
from techfair.core import clock
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, devices, registering
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.browser import DESK, PHONE
from tests.fixtures.serving import within

pytestmark = [pytest.mark.browser, pytest.mark.faults]


@pytest.fixture
def fair(fair):
    """A fair with entrances A and B."""
    keys.create(fair)
    db.session.add_all(Gate(fair_id=fair.id, code=code, name_vi=f"Cổng {code}") for code in "AB")
    db.session.commit()
    return fair


@pytest.fixture
def token(fair):
    """The badge that H'Bia Siu got before the fair."""
    person = registering.register(fair, RegistrationInput(full_name="H'Bia Siu", email="hbia@example.vn"))
    token = badges.token(badges.valid_badge(person), fair)
    db.session.commit()
    return token


@pytest.fixture
def scan_at_gate_b(fair, client, token):
    """The badge is read at gate B, which speaks with the central server."""

    def scanned():
        gate = db.session.scalars(db.select(Gate).filter_by(code="B")).one()
        _, secret = devices.enrol(fair, [gate], "Máy cổng B")
        db.session.commit()
        reading = {"id": "11111111-1111-4111-8111-111111111111", "code": token, "gate": "B"}
        answer = client.post(
            "/api/v1/fairs/gia-lai/scans",
            json={"scans": [reading | {"scanned_at": clock.now().isoformat()}]},
            headers={"Authorization": f"Bearer {secret}"},
        )
        return answer.get_json()["results"][0]["verdict"]

    return scanned


@pytest.fixture
def in_hall(launch_here, hall_served):
    """Opens a window in the hall's network."""
    browser = launch_here(*hall_served.flags)
    return lambda size, address: browser.new_context(viewport=size, locale="vi-VN", base_url=address).new_page()


def scan(page, code):
    page.locator(".verdict").evaluate("verdict => verdict.click()")
    page.keyboard.type(code + "\n", delay=0)
    shown = page.locator(".verdict:not([hidden])")
    shown.wait_for()
    return shown.get_attribute("data-verdict")


def count_scans():
    found = db.session.scalar(db.select(db.func.count()).select_from(Scan))
    db.session.rollback()
    return found


def test_two_servers_meet_again_and_the_organizer_sees_the_conflict(
    token, organizer, hall_served, wire, in_hall, open_page, scan_at_gate_b
):
    phone = in_hall(PHONE, hall_served.secure)
    phone.goto(f"/gate/gia-lai#join={hall_served.code_for('A')}")
    phone.get_by_text("A · Cổng A").wait_for()
    wire.is_cut = True
    assert (scan(phone, token), scan_at_gate_b()) == ("admitted", "admitted")
    board = in_hall(PHONE, hall_served.plain)
    board.goto("/hall/")
    expect(board.get_by_text("Mất kết nối với máy chủ trung tâm")).to_be_visible(timeout=60000)
    expect(board.get_by_text("1 bản ghi")).to_be_visible(timeout=60000)
    wire.is_cut = False
    assert within(60, lambda: count_scans() == 2)
    console, address = (
        open_page(DESK),
        links.sign_in_address(organizer, next="/organizer/fairs/gia-lai/gates/conflicts"),
    )
    db.session.commit()
    console.goto(address)
    console.get_by_role("button").first.click()
    for gate in ("Cổng A", "Cổng B"):
        expect(console.get_by_text(gate).first).to_be_visible()
    expect(console.get_by_text("H'Bia Siu").first).to_be_visible()


def test_a_plain_page_takes_a_handheld_scanner_by_the_device_s_token_alone(token, hall_served, in_hall):
    page = in_hall(DESK, hall_served.plain)
    page.goto(f"/gate/gia-lai#join={hall_served.code_for('A')}")
    page.get_by_text("A · Cổng A").wait_for()
    assert page.evaluate("[isSecureContext, Boolean(window.crypto.subtle)]") == [False, False]
    assert (scan(page, token), scan(page, token)) == ("admitted", "repeated")
    expect(page.get_by_text("Địa chỉ này không mở được máy ảnh")).to_be_visible()

"""A gate goes on without network, keeps every scan, and hands each over once when the network is back."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import badges, devices, registering
from techfair.visitors.gate_models import Gate, HeadCount, Scan
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import KEPT, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.faults]


@pytest.fixture
def gates(fair):
    """Entrances A and B; they share one scope."""
    keys.create(fair)
    gates = [Gate(fair_id=fair.id, code=code, name_vi=f"Cổng {code}") for code in "AB"]
    db.session.add_all(gates)
    db.session.commit()
    return gates


@pytest.fixture
def tokens(fair, gates):
    """Badges of people: ``tokens(3)``."""

    def made(count):
        people = [
            registering.register(fair, RegistrationInput(full_name=f"Khách {n}", email=f"khach{n}@example.vn"))
            for n in range(count)
        ]
        made = [badges.token(badges.valid_badge(person), fair) for person in people]
        db.session.commit()
        return made

    return made


@pytest.fixture
def code_for(fair, gates):
    """A join code for a device at the gates of these codes."""

    def made(*codes):
        _, code = devices.invite(fair, [gate for gate in gates if gate.code in codes], "Điện thoại", None)
        db.session.commit()
        return code

    return made


@pytest.fixture
def join(open_page, code_for):
    """A phone that joined a gate and may work without network."""

    def joined(*codes, page=None):
        code = code_for(*codes)
        page = page or open_page(PHONE)
        page.goto(f"/gate/gia-lai#join={code}")
        ready(page)
        return page

    return joined


def ready(page):
    page.get_by_text("Thiết bị này có dữ liệu từ").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.evaluate(KEPT)


def scan(page, code):
    page.locator(".verdict").evaluate("verdict => verdict.click()")
    page.keyboard.type(code + "\n", delay=0)
    shown = page.locator(".verdict:not([hidden])")
    shown.wait_for()
    return shown.get_attribute("data-verdict"), shown.inner_text()


def stored():
    rows = list(db.session.execute(db.select(Scan.verdict, Scan.is_offline, Scan.device_verdict)))
    db.session.rollback()
    return rows


def all_sent(page):
    page.locator("[data-state=on]").wait_for(timeout=20000)
    page.locator("[data-waiting]").wait_for(state="hidden", timeout=20000)


def test_without_network_the_gate_goes_on_and_later_sends_each_scan_once(join, tokens):
    (token,) = tokens(1)
    page = join("A")
    page.context.set_offline(True)
    word, text = scan(page, token)
    assert (word, "Số 1" in text, "Khách 0" in text) == ("admitted", True, False)
    assert scan(page, token)[0] == "repeated"
    page.get_by_text("lượt quét chờ gửi").wait_for()
    page.context.set_offline(False)
    all_sent(page)
    assert Counter(scan.verdict for scan in stored()) == {"admitted": 1, "repeated": 1}
    assert all(scan.is_offline for scan in stored())


def test_the_page_opens_without_network_and_still_knows_what_waits(join, tokens):
    first, second = tokens(2)
    page = join("A")
    page.context.set_offline(True)
    scan(page, first)
    page.reload()
    page.get_by_text("Cổng A").wait_for()
    expect(page.locator("[data-waiting-count]")).to_have_text("1")
    assert (scan(page, first)[0], scan(page, second)[0]) == ("repeated", "admitted")
    page.context.set_offline(False)
    all_sent(page)
    assert len(stored()) == 3


def test_who_came_in_with_network_is_amber_without(join, tokens):
    (token,) = tokens(1)
    page = join("A")
    assert scan(page, token)[0] == "admitted"
    page.context.set_offline(True)
    word, text = scan(page, token)
    assert (word, "Cổng A" in text) == ("repeated", True)


def test_a_name_is_shown_without_network_only_where_the_organizer_allows(join, tokens, gates, organizer):
    first, second = tokens(2)
    gates[0].gives_names = True
    db.session.commit()
    page = join("A")
    badges.revoke(db.session.scalars(db.select(badges.Badge).filter_by(number=2)).one(), organizer, "Xóa dữ liệu")
    db.session.commit()
    page.reload()
    ready(page)
    page.context.set_offline(True)
    assert "Khách 0" in scan(page, first)[1]
    assert "Khách 1" not in scan(page, second)[1]  # the name left the device with the badge


def test_a_revoked_and_a_foreign_code_are_red_without_network(join, tokens, fair, organizer):
    (token,) = tokens(1)
    badge = db.session.scalars(db.select(badges.Badge)).one()
    badges.revoke(badge, organizer, "Mất thẻ")
    db.session.commit()
    page = join("A")
    page.context.set_offline(True)
    assert "đã bị thu hồi" in scan(page, token)[1]
    assert "không phải mã thẻ" in scan(page, "8934563138165")[1]
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert "không do" in scan(page, forged)[1]


def test_a_phone_at_two_gates_decides_by_the_gate_on_its_screen(join, tokens, gates):  # K017
    (token,) = tokens(1)
    gates[1].allowed_kinds = ["delegate"]
    db.session.commit()
    page = join("A", "B")
    page.get_by_role("button", name="Cổng B").click()
    page.context.set_offline(True)
    assert scan(page, token)[0] == "refused"
    page.get_by_role("button", name="Đổi cổng").click()
    page.get_by_role("button", name="Cổng A").click()
    page.locator(".verdict").wait_for(state="hidden")  # the one before must not be read again
    assert scan(page, token)[0] == "admitted"


def test_two_phones_apart_meet_again_with_every_scan_once_and_their_conflicts_listed(join, tokens, sign_in, organizer):
    badges_ = tokens(30)
    here, there = join("A"), join("B")
    for page in (here, there):
        page.context.set_offline(True)
    for token in badges_[:20]:
        assert scan(here, token)[0] == "admitted"
    for token in badges_[10:]:
        assert scan(there, token)[0] == "admitted"
    for page in (here, there):
        page.context.set_offline(False)
        all_sent(page)
    assert Counter(scan.verdict for scan in stored()) == {"admitted": 30, "repeated": 10}
    page = sign_in(organizer).get("/organizer/fairs/gia-lai/gates").text
    assert "10 trường hợp mâu thuẫn" in page


def test_emptied_storage_is_said_and_the_organizer_still_sees_what_waited(join, tokens, sign_in, organizer):  # K027
    (token,) = tokens(1)
    page = join("A")
    page.context.set_offline(True)
    scan(page, token)
    page.context.set_offline(False)
    page.route("**/scans", lambda route: route.abort())
    page.get_by_text("lượt quét chờ gửi").wait_for()
    page.evaluate("indexedDB.databases().then(all => all.forEach(({ name }) => indexedDB.deleteDatabase(name)))")
    page.goto("/gate/gia-lai")
    page.get_by_text("Thiết bị này chưa có dữ liệu").wait_for()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    told = sign_in(organizer).get("/organizer/fairs/gia-lai/gates").text
    assert '<td data-label="Chờ gửi" class="number">1</td>' in told


def test_a_wrong_code_is_said_and_a_right_one_joins(open_page, code_for):
    page = open_page(PHONE)
    page.goto("/gate/gia-lai")
    page.get_by_label("Mã trên màn hình").fill("KHONGDUNG")
    page.get_by_role("button", name="Tham gia").click()
    page.get_by_text("Mã không dùng được").wait_for()
    assert faults(page) == []
    page.get_by_label("Mã trên màn hình").fill(code_for("A"))
    page.get_by_role("button", name="Tham gia").click()
    page.get_by_text("Cổng A").wait_for()


def test_the_scan_page_is_accessible_with_and_without_network(join):
    page = join("A")
    assert faults(page) == []
    page.context.set_offline(True)
    page.get_by_text("Mất mạng: cứ quét tiếp").wait_for()
    assert faults(page) == []


def test_in_again_only_after_going_out_also_without_network(join, tokens, gates, scans_of_all):
    for gate in gates:
        gate.rule, gate.scans_exits, gate.hand_out_vi = "reentry", True, "Dây đeo thẻ"
    (token,) = tokens(1)
    phone = join("A")
    phone.context.set_offline(True)
    told = [passes(phone, token)]
    told.append(passes(phone, token))
    phone.get_by_role("button", name="Đang vào").click()
    told.append(passes(phone, token))
    assert faults(phone) == []
    phone.get_by_role("button", name="Đang ra").click()
    told.append(passes(phone, token))
    assert told == ["MỜI VÀO", "ĐÃ VÀO", "ĐÃ RA", "MỜI VÀO"]
    phone.context.set_offline(False)
    phone.locator("[data-waiting]").wait_for(state="hidden", timeout=20000)
    assert scans_of_all() == [
        ("entry", "admitted"),
        ("entry", "repeated"),
        ("exit", "admitted"),
        ("entry", "admitted"),
    ]


@pytest.fixture
def scans_of_all():
    def stored():
        rows = [
            tuple(row) for row in db.session.execute(db.select(Scan.direction, Scan.verdict).order_by(Scan.scanned_at))
        ]
        db.session.rollback()
        return rows

    return stored


def passes(phone, token):
    """The word that the verdict shows."""
    phone.get_by_placeholder("Máy quét").fill(token)
    phone.get_by_placeholder("Máy quét").press("Enter")
    word = phone.locator(".verdict:not([hidden]) .verdict-word")
    word.wait_for()
    text = word.inner_text().upper()
    phone.locator(".verdict").dispatch_event("click")
    return text


def test_the_clicker_counts_without_network_undoes_and_sends_once(join, gates):
    phone = join("A")
    phone.goto("/gate/gia-lai/count")
    phone.evaluate(KEPT)
    phone.context.set_offline(True)
    phone.reload()
    for name in ("+1", "+10", "+5"):
        phone.get_by_role("button", name=name, exact=True).click()
    phone.get_by_role("button", name="Hoàn tác").click()
    expect(phone.locator("[data-total]")).to_have_text("11")
    assert faults(phone) == []
    phone.context.set_offline(False)
    expect(phone.locator("[data-waiting]")).to_be_hidden(timeout=30000)
    people = sorted(db.session.scalars(db.select(HeadCount.people)))
    db.session.rollback()
    assert people == [1, 10]

"""Two companies find each other; their meeting is planned, repaired, put in a calendar, held, and leads to a draft."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from playwright.sync_api import expect

from techfair.accounts import links
from techfair.accounts.models import User
from techfair.core import clock
from techfair.exhibitors import applications, companies, technologies
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests, slots
from techfair.meetings.day import screens
from techfair.meetings.interpreters import arranging
from techfair.meetings.models import Meeting, MeetingParty, Participant, Slot
from techfair.meetings.programme.models import MeetingProfile
from techfair.visitors import badges, registering
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE

pytestmark = pytest.mark.browser

MAKER, BUYER = "Công ty Cổ phần Cơ khí chế biến nông sản Đại Nguyên", "Công ty Cà phê Hanbit (Hàn Quốc)"
DRYER = "Máy sấy cà phê dùng năng lượng mặt trời"
CONSOLE = "/organizer/fairs/gia-lai/meetings"
OTHERS = 22  # people who meet in pairs, the first four of them without a common language


@pytest.fixture
def coming(fair: Fair, organizer: User) -> Fair:
    """A fair that begins tomorrow: six times, six tables, one interpreter, and people who agreed to meet."""
    fair.starts_on, fair.ends_on = fair.today + timedelta(days=1), fair.today + timedelta(days=2)
    keys.create(fair)
    slots.add_session(fair, slots.Session(fair.starts_on, time(8), time(10), 20), organizer)
    slots.set_tables(fair, 6, "Khu kết nối", "Meeting area", organizer)
    ha = arranging.keep(fair, None, organizer, full_name="Kim Thu Hà", pairs=["vi-ko"], is_active=True)
    begins = datetime.combine(fair.starts_on, time(8), fair.zone)
    arranging.add_shift(ha, begins, begins + timedelta(hours=2), organizer)
    people = [participants.of_registration(_person(fair, f"Khách {n:02}")) for n in range(OTHERS)]
    for n, (one, other) in enumerate(zip(people[::2], people[1::2], strict=True)):
        one.languages, other.languages = ["vi"], ["ko" if n < 4 else "vi"]
        db.session.add_all(MeetingProfile(participant_id=who.id, kind="visitor") for who in (one, other))
        requests.accept(requests.ask(one, other, organizer, requests.Wish("Trao đổi")), organizer)
    db.session.commit()
    return fair


def _person(fair: Fair, name: str, email: str = "") -> Registration:
    address = email or f"{name.split()[-1]}@example.vn"
    return registering.register(fair, RegistrationInput(full_name=name, email=address))


@pytest.fixture
def make_manager(coming: Fair, organizer: User, make_user: Callable[..., User]) -> Callable[[str, str], User]:
    """Makes the manager of an exhibitor, who has a badge of the fair."""

    def make(name: str, email: str) -> User:
        user = make_user(email)
        company = companies.create(user, ["food"], name_vi=name, contact_name="Kim Min-ji", contact_email=email)
        application = applications.start(coming, company, user, exhibits="Cà phê")
        applications.submit(application, user)
        applications.approve(application, organizer)
        _person(coming, "Quản lý gian hàng", email)
        db.session.commit()
        return user

    return make


@pytest.fixture
def maker(make_manager: Callable[[str, str], User]) -> User:
    """The manager of one that offers a dryer."""
    user = make_manager(MAKER, "van@dai-nguyen.example.vn")
    facts = {"readiness": 9, "transfer_forms": ["licence"]}
    company = companies.of_user(user)[0]
    technology = technologies.create(company, user, ["food"], title_vi=DRYER, summary_vi=DRYER, **facts)
    technologies.publish(technology, user)
    db.session.commit()
    return user


@pytest.fixture
def buyer(make_manager: Callable[[str, str], User]) -> User:
    return make_manager(BUYER, "kim@hanbit.example.kr")


def path(address: str) -> str:
    db.session.rollback()  # an open transaction would keep the server from writing
    return "/" + address.split("/", 3)[3]


def signed_in(page: Any, user: User, to: str) -> Any:
    page.goto(path(links.sign_in_address(user, next=to)))
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(f"**{to}")
    return page


def agree(desk: Any, phone: Any) -> None:
    """Both join, the buyer is shown the maker with reasons and asks, the maker accepts."""
    desk.get_by_role("link", name="Tham gia chương trình gặp").click()
    desk.get_by_role("button", name="Tham gia", exact=True).click()
    desk.wait_for_url("**/suggestions")
    phone.get_by_role("link", name="Tham gia chương trình gặp").click()
    phone.get_by_label("Nội dung tìm").fill("Máy sấy cà phê chạy năng lượng mặt trời")
    phone.get_by_label("Tiếng Việt").uncheck()
    phone.get_by_label("Tiếng Hàn").check()
    phone.get_by_role("button", name="Tham gia", exact=True).click()
    suggestion = phone.get_by_role("article", name=MAKER)
    expect(suggestion).to_contain_text(DRYER)
    expect(suggestion).to_contain_text("Cùng nói về")
    suggestion.get_by_role("link", name="Đề nghị gặp").click()
    phone.get_by_label("Quý khách muốn trao đổi về việc gì?").fill("Xin xem máy chạy thử")
    phone.get_by_role("button", name="Gửi đề nghị").click()
    expect(phone.get_by_text("Chờ trả lời")).to_be_visible()
    desk.goto("/exhibitor/meetings")
    desk.get_by_role("button", name="Nhận lời").click()
    expect(desk.get_by_text("Chờ xếp giờ")).to_be_visible()


def plan(console: Any, *, meetings: int) -> None:
    """Search for a timetable; the page says by itself when the draft is there, and that no better one is."""
    console.goto(f"{CONSOLE}/plan")
    console.get_by_role("button", name="Xếp lịch").click()
    console.get_by_role("link", name="Xem bản nháp").click()
    figures = console.get_by_role("region", name="Bản nháp")
    expect(figures).to_contain_text(f"{meetings} trên {meetings}")
    expect(figures).to_contain_text("Đã chứng minh là tốt nhất")


def publish(console: Any) -> None:
    console.get_by_text("Công bố", exact=True).click()
    console.get_by_role("button", name="Công bố lịch gặp").click()
    expect(console.locator("#flashes")).to_contain_text("Đã công bố")


def upset(console: Any) -> None:
    """One meeting is cancelled, and somebody cannot come when another of theirs is planned."""
    console.goto(CONSOLE)
    row = console.get_by_role("row", name="Khách 02")
    row.locator("summary").click()
    row.get_by_role("button", name="Hủy cuộc gặp").click()
    expect(console.locator("#flashes")).to_contain_text("đã hủy")
    when = str(meeting_of("Khách 04").slot_id)
    db.session.rollback()
    console.goto(f"{CONSOLE}/plan")
    console.get_by_text("Có người vắng mặt hoặc đến muộn").click()
    form = console.locator("form", has=console.get_by_role("button", name="Ghi nhận vắng mặt"))
    form.get_by_label("Bên tham gia").select_option("Khách 04")
    form.get_by_label("Không gặp được từ").select_option(when)
    form.get_by_label("Đến hết").select_option(when)
    form.get_by_role("button", name="Ghi nhận vắng mặt").click()
    expect(console.locator("#flashes")).to_contain_text("Bấm sửa lịch")


def meeting_of(name: str) -> Meeting:
    """The one meeting of a person or an exhibitor."""
    sides = db.session.scalars(db.select(Participant).options(*participants.WITH_PARTY))
    id = next(side.id for side in sides if participants.name_of(side) == name)
    return db.session.scalars(db.select(Meeting).join(MeetingParty).where(MeetingParty.participant_id == id)).one()


def put_in_a_calendar(phone: Any) -> None:
    """The participant subscribes; a library that knows nothing of ours reads the meeting."""
    phone.goto("/exhibitor/meetings")
    phone.get_by_role("button", name="Lập địa chỉ lịch để đăng ký").click()
    address = phone.get_by_label("Địa chỉ lịch").input_value()
    calendar = icalendar.Calendar.from_ical(phone.request.get(address).body())
    [entry] = calendar.walk("VEVENT")
    slot = db.session.get_one(Slot, meeting_of(BUYER).slot_id)
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (slot.starts_at, slot.ends_at)
    assert (str(entry["SUMMARY"]), "Khu kết nối" in entry["LOCATION"]) == (f"Gặp {MAKER}", True)
    db.session.rollback()


def begin() -> None:
    """Let the time of the two companies' meeting come."""
    slot = db.session.get_one(Slot, meeting_of(BUYER).slot_id)
    slot.starts_at, slot.ends_at = clock.now() - timedelta(minutes=1), clock.now() + timedelta(minutes=30)
    db.session.commit()


def check_in(steward: Any, fair: Fair) -> None:
    """Both managers' badges are read by a hand scanner, which types where the focus is."""
    people = db.select(Registration).where(Registration.full_name == "Quản lý gian hàng")
    valid = [badges.valid_badge(person) for person in db.session.scalars(people).all()]
    codes = [badges.token(badge, fair) for badge in valid if badge]
    db.session.rollback()
    steward.goto(f"{CONSOLE}/day")
    for code in codes:
        expect(steward.get_by_label("Quét thẻ tại bàn")).to_be_focused()
        steward.keyboard.type(code + "\n")
        expect(steward.locator("#flashes")).to_contain_text("Đã có mặt tại")
    row = steward.get_by_role("row").filter(has_text=BUYER)
    expect(row.get_by_text("có mặt", exact=True)).to_have_count(2)


def tell_what_came_of_it(desk: Any, phone: Any) -> None:
    """The maker proposes a connection and the buyer confirms it; both say how it was."""
    for page in (desk, phone):
        page.goto("/exhibitor/meetings")
        page.get_by_role("link", name="Ghi kết quả").click()
        page.get_by_label("Rất quan tâm").check()
        if page is desk:
            page.get_by_label("Đã thành kết nối").check()
            page.get_by_label("Nội dung kết nối").fill(DRYER)
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_text("Cảm ơn. Đã ghi đủ.")).to_be_visible()
    phone.get_by_role("button", name="Xác nhận").click()
    expect(phone.get_by_text("Đã xác nhận", exact=True)).to_be_visible()


def begin_a_memorandum(desk: Any) -> None:
    desk.goto("/exhibitor/meetings")
    desk.get_by_role("link", name="Soạn biên bản ghi nhớ").first.click()
    desk.get_by_label("Nội dung bằng tiếng Việt").fill(DRYER)
    expect(desk.get_by_label("Tên pháp lý của bên").nth(1)).to_have_value(BUYER)
    desk.get_by_role("button", name="Lưu dự thảo").click()
    expect(desk.get_by_text("Gửi các bên góp ý")).to_be_visible()


def test_two_companies_are_led_from_a_wish_to_a_connection_and_a_draft(
    open_page: Callable[..., Any], coming: Fair, maker: User, buyer: User, organizer: User
) -> None:
    desk, phone, console = open_page(), open_page(PHONE), open_page()
    agree(signed_in(desk, maker, "/exhibitor/meetings"), signed_in(phone, buyer, "/exhibitor/meetings"))
    signed_in(console, organizer, f"{CONSOLE}/plan")
    plan(console, meetings=OTHERS // 2 + 1)
    assert faults(console) == []
    ours = console.get_by_role("row", name=BUYER)
    ours.get_by_role("button", name="Khóa").click()
    place = ours.get_by_role("cell").nth(1).inner_text()
    expect(ours.get_by_role("button", name="Mở khóa")).to_be_visible()
    publish(console)

    upset(console)
    plan(console, meetings=OTHERS // 2)
    expect(console.get_by_role("main").locator("tbody tr")).to_have_count(1)  # the only one that has to move
    expect(console.get_by_role("row", name="Khách 04")).to_contain_text("Bàn")
    publish(console)
    console.goto(f"{CONSOLE}/interpreters")
    expect(console.get_by_role("row", name="Kim Thu Hà").get_by_role("cell").last).to_have_text("4")
    put_in_a_calendar(phone)
    expect(phone.get_by_role("main")).to_contain_text(place.split()[0])  # where it was locked

    begin()
    check_in(console, coming)
    console.goto(path(screens.address(coming)))  # what the hall shows
    expect(console.get_by_role("row").filter(has_text="Hanbit")).to_be_visible()
    tell_what_came_of_it(desk, phone)
    begin_a_memorandum(desk)

"""The fair at a glance: figures of the day shown, and what waits for whom."""

from datetime import timedelta

import pytest

from techfair.core import clock
from techfair.core.mail import Mail
from techfair.exhibitors.models import Application, Company
from techfair.extensions import db
from techfair.fairs.models import Activity
from techfair.visitors.gate_models import Device

TODAY = "/organizer/fairs/gia-lai/"


def test_entries_of_today_stand_beside_those_of_the_day_before(as_organizer, fair, person, passes, figure):
    fair.starts_on -= timedelta(days=1)
    db.session.commit()
    who, other = person(), person()
    passes(who, "08:10"), passes(other, "08:50"), passes(who, on=fair.today - timedelta(days=1))
    page = as_organizer.get(TODAY).text
    assert figure(page, "lượt vào hôm nay") == "2"
    assert "hôm trước 1" in page


def test_an_entry_is_counted_in_the_hour_of_the_fair_s_clock(as_organizer, person, passes):
    passes(person(), "08:59")
    page = as_organizer.get(TODAY).text
    assert "<title>08: 1</title>" in page
    assert '<tr><th scope="row">08</th><td class="number">1</td>' in page


def test_a_zone_off_by_a_half_hour_counts_by_its_own_hours(as_organizer, fair, person, passes):
    fair.timezone = "Asia/Kolkata"
    db.session.commit()
    passes(person(), "10:10")
    assert "<title>10: 1</title>" in as_organizer.get(TODAY).text


def test_people_who_work_here_are_no_visitors_but_are_inside(as_organizer, person, passes, figure):
    passes(person(kind="exhibitor_staff"))
    passes(person(), "09:00", direction="exit")
    page = as_organizer.get(TODAY).text
    assert (figure(page, "lượt vào hôm nay"), figure(page, "đang ở bên trong")) == ("0", "1")


def test_who_went_out_and_came_back_is_inside_once(as_organizer, person, passes, figure):
    who, gone = person(), person()
    passes(who, "08:00"), passes(who, "09:00", direction="exit"), passes(who, "10:00", verdict="repeated")
    passes(gone, "08:00"), passes(gone, "09:30", direction="exit")
    assert figure(as_organizer.get(TODAY).text, "đang ở bên trong") == "1"


def test_without_exits_nobody_claims_to_know_who_is_inside(as_organizer, person, passes, figure):
    passes(person())
    page = as_organizer.get(TODAY).text
    assert figure(page, "đang ở bên trong") == "–"
    assert "hôm nay chưa quét lượt ra" in page


def test_a_fair_that_is_over_shows_its_last_day_and_says_so(as_organizer, fair, person, passes, figure):
    last = fair.today - timedelta(days=10)
    fair.starts_on, fair.ends_on = last - timedelta(days=1), last
    db.session.commit()
    passes(person(), on=last)
    page = as_organizer.get(TODAY).text
    assert figure(page, "lượt vào trong ngày") == "1"
    assert f"<h1>Ngày {last:%d/%m/%Y}</h1>" in page
    assert "lượt vào hôm nay" not in page


def test_the_days_can_be_switched_and_a_strange_day_shows_the_usual_one(as_organizer, fair, person, passes, figure):
    first = fair.today - timedelta(days=10)
    fair.starts_on, fair.ends_on = first, first + timedelta(days=1)
    db.session.commit()
    passes(person(), on=first)
    assert figure(as_organizer.get(f"{TODAY}?day={first}").text, "lượt vào trong ngày") == "1"
    for strange in ("1999-01-01", "gestern", ""):
        assert figure(as_organizer.get(f"{TODAY}?day={strange}").text, "lượt vào trong ngày") == "0"


def test_a_scan_after_the_fair_makes_today_a_day_to_look_at(as_organizer, fair, person, passes, figure):
    fair.starts_on, fair.ends_on = fair.today - timedelta(days=9), fair.today - timedelta(days=8)
    db.session.commit()
    passes(person())
    assert figure(as_organizer.get(TODAY).text, "lượt vào hôm nay") == "1"


def test_what_waits_is_named_with_its_page(as_organizer, fair):
    company = Company(public_ref="c1", name_vi="Công ty Cơ khí Đại Nguyên")
    db.session.add_all([company, Device(fair_id=fair.id, name="Máy quét", token_digest=b"2" * 32)])
    db.session.flush()
    db.session.add(Application(fair_id=fair.id, company_id=company.id, state="submitted"))
    db.session.commit()
    page = as_organizer.get(TODAY).text
    assert "1 hồ sơ đăng ký chờ quyết định" in page
    assert "/organizer/fairs/gia-lai/exhibitors?state=submitted" in page
    assert "1 thiết bị mất liên lạc hơn mười phút" in page


def test_staff_who_only_read_are_not_sent_where_they_may_not_go(as_staff, fair):
    db.session.add(Device(fair_id=fair.id, name="Máy quét", token_digest=b"2" * 32))
    db.session.commit()
    page = as_staff.get(TODAY)
    assert page.status_code == 200
    for closed in ("/mail", "/log", "/gates", "/visitors"):
        assert f"/organizer/fairs/gia-lai{closed}" not in page.text


def test_the_next_activities_are_shown_and_past_ones_are_not(as_organizer, fair):
    now = clock.now()
    for title, hours in (("Lễ khai mạc", -3), ("Hội thảo cà phê", 2)):
        starts = now + timedelta(hours=hours)
        ends = starts + timedelta(hours=1)
        db.session.add(Activity(fair_id=fair.id, title_vi=title, starts_at=starts, ends_at=ends))
    db.session.commit()
    page = as_organizer.get(TODAY).text
    assert ("Hội thảo cà phê" in page, "Lễ khai mạc" in page) == (True, False)


def test_the_page_takes_few_statements_however_many_came(as_organizer, person, passes, at_most):
    for minute in range(10, 40):
        passes(person(), f"09:{minute}")
    db.session.expire_all()
    with at_most(statements=17):
        as_organizer.get(TODAY)


def test_a_failed_mail_is_told_to_the_fair_s_administrators(as_organizer, as_staff, fair):
    words = dict.fromkeys(("template", "to_address", "to_name", "from_name", "subject", "text", "html"), "x")
    now = clock.now()
    db.session.add(
        Mail(fair_id=fair.id, language="vi", attachments=[], state="failed", queued_at=now, message_id="1", **words)
    )
    db.session.commit()
    assert "1 thư không gửi được" in as_organizer.get(TODAY).text
    assert "1 thư không gửi được" not in as_staff.get(TODAY).text


@pytest.mark.parametrize("page", ["", "report", "mail", "log"])
def test_another_unit_s_organizer_a_steward_and_strangers_find_nothing(as_stranger, as_steward, client, page):
    assert as_stranger.get(TODAY + page).status_code == 404
    assert as_steward.get(TODAY + page).status_code == 404
    assert client.get(TODAY + page).status_code == 303

"""Signing up for activities: never more in than seats, the rest wait in order, and the door knows who has one."""

from datetime import datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from techfair.core import clock
from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.fairs.models import Activity
from techfair.visitors import badges, devices, merging, offline, own, registering
from techfair.visitors.delegations import inviting
from techfair.visitors.gate_models import Device, Scan
from techfair.visitors.models import Delegation, Registration
from techfair.visitors.personal_data import erasing
from techfair.visitors.signups import check_in, seats
from techfair.visitors.signups.models import SignUp


@pytest.fixture
def make_activity(fair):
    def make(title="Hội thảo cà phê", capacity=2, **values):
        starts = clock.now() - timedelta(minutes=10)
        given = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "needs_sign_up": True} | values
        activity = Activity(fair_id=fair.id, title_vi=title, capacity=capacity, **given)
        db.session.add(activity)
        db.session.commit()
        return activity

    return make


@pytest.fixture
def activity(make_activity):
    return make_activity()


@pytest.fixture
def sign_up(register, activity):
    """Signs people up by name, each registered for it."""

    def signed(*names, to=activity):
        people = [register(name, email=f"{search_key(name)}@example.vn") for name in names]
        seats.sign_up(to, people, by="visitor")
        db.session.commit()
        return people

    return signed


def browser_of(app, person):
    browser = app.test_client()
    browser.get("/me/" + own.address(person).partition("/me/")[2])
    return browser


def standing(activity):
    """Names with their state, in the order of asking."""
    db.session.expire_all()
    rows = db.session.execute(
        db.select(Registration.full_name, SignUp.state)
        .join(SignUp, SignUp.registration_id == Registration.id)
        .where(SignUp.activity_id == activity.id)
        .order_by(SignUp.turn)
    )
    return [tuple(row) for row in rows]


def test_who_comes_late_waits_in_order(sign_up, activity):
    sign_up("An"), sign_up("Bình"), sign_up("Chi"), sign_up("Dũng")
    assert standing(activity) == [("An", "seated"), ("Bình", "seated"), ("Chi", "waiting"), ("Dũng", "waiting")]


def test_a_seat_given_back_goes_to_the_next_who_is_told(sign_up, activity, mails):
    an, _, _ = sign_up("An", "Bình", "Chi")
    before = len(mails())
    seats.leave(activity, an, by="visitor")
    db.session.commit()
    assert standing(activity)[2] == ("Chi", "seated")
    (mail,) = mails()[before:]
    assert (mail.to_address, "Hội thảo cà phê" in mail.subject, "/me/" in mail.text) == ("chi@example.vn", True, True)


def test_who_left_and_asks_again_stands_last(sign_up, activity):
    an, _, _ = sign_up("An", "Bình", "Chi")
    seats.leave(activity, an, by="visitor")
    seats.sign_up(activity, [an], by="visitor")
    db.session.commit()
    assert standing(activity) == [("Bình", "seated"), ("Chi", "seated"), ("An", "waiting")]


def test_more_seats_let_in_who_waits(sign_up, activity, as_organizer, fair):
    sign_up("An", "Bình", "Chi", "Dũng")
    form = {"title_vi": "Hội thảo", "kind": "conference", "on": fair.ends_on, "starts": "08:00", "ends": "10:00"}
    as_organizer.post(
        f"/organizer/fairs/gia-lai/programme/{activity.id}", data=form | {"capacity": 3, "needs_sign_up": "y"}
    )
    assert [state for _, state in standing(activity)] == ["seated", "seated", "seated", "waiting"]


def test_a_delegation_and_two_singles_at_once_never_overfill(make_activity, register, fair, app, client):  # K035
    activity = make_activity(capacity=10)
    delegation = Delegation(fair_id=fair.id, body_vi="Sở KH&CN Kon Tum")
    db.session.add(delegation)
    db.session.commit()
    seats.sign_up(activity, [register(f"Trước {n}") for n in range(8)], by="visitor")
    groups = [[register(f"Đoàn {n}", delegation_id=delegation.id) for n in range(5)], [register("X")], [register("Y")]]
    asked = [[person.id for person in group] for group in groups]
    id, start = activity.id, Barrier(3)
    db.session.commit()

    def ask(ids):
        with app.app_context():
            start.wait()
            people = [db.session.get_one(Registration, one) for one in ids]
            seats.sign_up(db.session.get_one(Activity, id), people, by="visitor")
            db.session.commit()

    threads = [Thread(target=ask, args=(ids,)) for ids in asked]
    [thread.start() for thread in threads]
    [thread.join(20) for thread in threads]
    states = [state for _, state in standing(activity)]
    assert states == ["seated"] * 10 + ["waiting"] * 5
    page = client.get(inviting.path(db.session.get_one(Delegation, delegation.id))).text
    theirs = [state for name, state in standing(activity) if name.startswith("Đoàn")]
    title = db.session.get_one(Activity, id).title
    told = [page.count(f"{title}: {word}") for word in ("có chỗ", "đang chờ")]
    assert told == [theirs.count("seated"), theirs.count("waiting")]  # whoever leads them sees who is in


def test_the_database_refuses_two_on_one_seat(activity, register):
    one, other = register("An"), register("Bình")
    for person in (one, other):
        db.session.add(SignUp(activity_id=activity.id, registration_id=person.id, state="seated", seat=1, turn=1))
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_a_visitor_signs_up_and_gives_the_seat_back_on_the_page(app, activity, register):
    person = register("An", email="an@example.vn")
    browser, page = browser_of(app, person), "/fairs/gia-lai/sign-up"
    assert "Còn 2/2 chỗ" in browser.get(page).text
    browser.post(f"{page}/{activity.id}/join")
    assert "Đã có chỗ" in browser.get(page).text
    browser.post(f"{page}/{activity.id}/leave")
    assert "Còn 2/2 chỗ" in browser.get(page).text


def test_mail_own_page_and_list_tell_the_hour_by_the_fair_s_clock(  # K013
    server_zone, app, make_activity, sign_up, mails, as_organizer, fair
):
    at_eight = datetime.combine(fair.starts_on, time(8), fair.zone)
    activity = make_activity(capacity=1, starts_at=at_eight, ends_at=at_eight + timedelta(minutes=90))
    first, second = sign_up("An", "Bình", to=activity)
    seats.leave(activity, first, by="visitor")
    db.session.commit()
    told = [
        mails()[-1].text,
        browser_of(app, second).get("/me/activities", follow_redirects=True).text,
        as_organizer.get(f"/organizer/fairs/{fair.slug}/activities/{activity.id}").text,
    ]
    assert ["08:00" in one for one in told] == [True] * 3


def test_a_stranger_signs_up_nobody(client, activity):
    assert "chưa biết thẻ" in client.get("/fairs/gia-lai/sign-up").text
    assert client.post(f"/fairs/gia-lai/sign-up/{activity.id}/join").status_code == 404


def test_what_is_over_cancelled_or_free_takes_no_sign_up(app, make_activity, register):
    person = register("An")
    browser = browser_of(app, person)
    past = make_activity("Đã qua", ends_at=clock.now() - timedelta(minutes=1))
    for activity in (past, make_activity("Hủy", state="cancelled"), make_activity("Tự do", needs_sign_up=False)):
        browser.post(f"/fairs/gia-lai/sign-up/{activity.id}/join")
        assert standing(activity) == []


def test_who_cancels_merges_or_erases_frees_the_seat(sign_up, activity, register, fair, organizer):
    an, binh, *_ = sign_up("An", "Bình", "Chi", "Dũng", "Em")
    registering.cancel(an, organizer, "không đến")
    erasing.erase(binh, "visitor")
    db.session.commit()
    chi = db.session.scalars(db.select(Registration).filter_by(full_name="Chi")).one()
    other = register("Chi Nguyễn", email="chi.nguyen@example.vn")
    seats.sign_up(activity, [other], by="visitor")
    merging.merge(other, chi, fair, organizer)
    db.session.commit()
    seated = [name for name, state in standing(activity) if state == "seated"]
    assert len(seated) == 2
    assert "Dũng" in seated


def test_of_a_cancelled_activity_everyone_is_told(sign_up, activity, as_organizer, mails):
    sign_up("An", "Bình", "Chi")
    before = len(mails())
    as_organizer.post(f"/organizer/fairs/gia-lai/programme/{activity.id}/cancel")
    assert sorted(mail.to_address for mail in mails()[before:]) == [
        "an@example.vn",
        "binh@example.vn",
        "chi@example.vn",
    ]


@pytest.fixture
def door(make_gate, activity):
    return make_gate("H", place="activity", activity_id=activity.id, rule="once")


def worn(person, fair):
    return badges.token(badges.valid_badge(person), fair)


def test_the_door_lets_in_who_has_a_seat_and_says_why_else(sign_up, door, register, fair, at_most):
    an, _, chi = sign_up("An", "Bình", "Chi")
    stranger = register("Khách lạ")
    tokens = [worn(person, fair) for person in (an, chi, stranger)]
    db.session.commit()
    told = [door.scan(token) for token in tokens]
    assert [(one["verdict"], one["reason"]) for one in told] == [
        ("admitted", None),
        ("refused", "activity_full"),
        ("refused", "not_registered"),
    ]


def test_a_scan_at_such_a_door_takes_four_statements(sign_up, door, fair, at_most):
    (an,) = sign_up("An")
    reading = door.reading(worn(an, fair))
    db.session.commit()
    with at_most(statements=4):
        door.send(reading)


def test_the_device_is_told_who_has_a_seat_by_number_alone(sign_up, door, fair):
    an, binh, chi = sign_up("An", "Bình", "Chi")
    device = devices.whole(id=db.session.scalars(db.select(Device.id)).one())
    told = offline.manifest(device, device.gates[0])
    number = {person.full_name: badges.valid_badge(person).number for person in (an, binh, chi)}
    assert (told.seated, told.waiting) == ([number["An"], number["Bình"]], [number["Chi"]])


def test_at_the_door_one_checks_in_with_ones_own_phone_by_a_tap(app, sign_up, door, activity):
    (an,) = sign_up("An")
    browser, path = browser_of(app, an), "/check-in/" + check_in.address(activity).partition("/check-in/")[2]
    assert "Tôi có mặt" in browser.get(path).text
    assert db.session.scalar(db.select(db.func.count(Scan.id))) == 0
    assert "An đã được điểm danh" in browser.post(path).text
    assert "đã điểm danh trước đó" in browser.post(path).text
    verdicts = list(db.session.scalars(db.select(Scan.verdict).order_by(Scan.received_at)))
    assert verdicts == ["admitted", "repeated"]


def test_without_a_seat_or_a_badge_nobody_is_checked_in(app, client, sign_up, register, door, activity):
    sign_up("An", "Bình")
    path = "/check-in/" + check_in.address(activity).partition("/check-in/")[2]
    assert "đã được điểm danh" not in browser_of(app, register("Khách lạ")).post(path).text
    assert "chưa biết thẻ" in client.post(path).text
    assert db.session.scalar(db.select(db.func.count(Scan.id)).filter_by(verdict="admitted")) == 0
    assert client.get("/check-in/khong-co").status_code == 404


def test_long_before_the_activity_nobody_checks_in(app, make_activity, make_gate, register):
    starts = clock.now() + timedelta(hours=3)
    activity = make_activity("Ngày mai", starts_at=starts, ends_at=starts + timedelta(hours=1))
    make_gate("M", place="activity", activity_id=activity.id)
    person = register("An")
    seats.sign_up(activity, [person], by="visitor")
    db.session.commit()
    path = "/check-in/" + check_in.address(activity).partition("/check-in/")[2]
    assert browser_of(app, person).post(path).status_code == 409


def test_the_organizer_sees_signs_up_a_delegation_and_signs_off(as_organizer, activity, register, fair, at_most):
    delegation = Delegation(fair_id=fair.id, body_vi="Sở KH&CN Kon Tum")
    db.session.add(delegation)
    db.session.commit()
    people = [register(f"Đại biểu {n}", delegation_id=delegation.id, kind="delegate") for n in range(3)]
    page = f"/organizer/fairs/gia-lai/activities/{activity.id}"
    as_organizer.post(f"{page}/delegation", data={"delegation": delegation.id})
    shown = as_organizer.get(page).text
    assert ("2 người của đoàn có chỗ, 1 người chờ" in shown, "Đại biểu 2" in shown) == (True, True)
    as_organizer.post(f"{page}/leave/{people[0].id}")
    assert [state for _, state in standing(activity)] == ["left", "seated", "seated"]
    assert as_organizer.get(f"{page}/list.xlsx").data.startswith(b"PK")
    with at_most(statements=16):
        as_organizer.get(page)


def test_a_steward_and_another_fairs_organizer_see_no_list(sign_in, steward, as_organizer, activity, make_fair):
    make_fair("kon-tum")
    assert sign_in(steward).get(f"/organizer/fairs/gia-lai/activities/{activity.id}").status_code == 404
    assert as_organizer.get(f"/organizer/fairs/kon-tum/activities/{activity.id}").status_code == 404

"""What visitors tap at an exhibitor arrives once, with its own time, however late and often a phone sends it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from techfair.core import clock
from techfair.extensions import db
from techfair.meetings.models import MeetingRequest
from techfair.visitors import own
from techfair.visitors.leads.models import ContactShare, KeptExhibitor, Lead, LeadNote, VisitorTap
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing

PAGE = "/fairs/gia-lai/exhibitors/dai-nguyen"
TAPS = "/fairs/gia-lai/taps"


@pytest.fixture
def exhibitor(make_exhibitor):
    return make_exhibitor()[0]


@pytest.fixture
def person(register, exhibitor):
    return register("H'Bia Siu", email="bia@example.vn", consents=frozenset())


@pytest.fixture
def phone(app, person):
    """A phone that knows whose it is: ``phone.tap("keep")``."""
    return Phone(app.test_client(), person)


class Phone:
    def __init__(self, browser, person):
        self.browser, self.person_id = browser, person.id
        browser.get("/me/" + own.address(person).partition("/me/")[2])

    def tapped(self, deed, text="", ago=timedelta(), ref="dai-nguyen"):
        at = (clock.now() - ago).isoformat()
        return {"id": str(uuid4()), "exhibitor": ref, "deed": deed, "text": text, "noted_at": at}

    def send(self, *taps, visitor=None, **batch):
        return self.browser.post(TAPS, json={"visitor": visitor or self.person_id, "taps": taps} | batch)

    def tap(self, deed, text="", ago=timedelta(), ref="dai-nguyen"):
        return self.send(self.tapped(deed, text, ago, ref)).get_json()["results"][0]


def open_shares():
    return list(db.session.scalars(db.select(ContactShare).filter_by(withdrawn_at=None)))


def test_a_tap_kept_for_an_hour_arrives_with_its_own_time(phone):
    before = clock.now() - timedelta(hours=1)
    phone.tap("keep", ago=timedelta(hours=1)), phone.tap("leave_contact", "Báo giá", ago=timedelta(hours=1))
    kept, share, note = (db.session.scalars(db.select(row)).one() for row in (KeptExhibitor, ContactShare, LeadNote))
    times = (kept.kept_at, share.given_at, note.noted_at)
    assert all(abs(at - before) < timedelta(seconds=10) for at in times)
    assert (note.way, note.text) == ("asked", "Báo giá")


def test_a_phones_wrong_clock_is_corrected(phone):
    ahead = clock.now() + timedelta(days=1)
    tap = phone.tapped("keep") | {"noted_at": (ahead - timedelta(minutes=5)).isoformat()}
    phone.send(tap, sent_at=ahead.isoformat())
    kept = db.session.scalars(db.select(KeptExhibitor)).one()
    assert abs(clock.now() - timedelta(minutes=5) - kept.kept_at) < timedelta(seconds=10)


def test_a_tap_sent_again_does_not_give_a_contact_that_was_taken_back(phone):
    tap = phone.tapped("leave_contact", "Báo giá")
    phone.send(tap)
    phone.browser.post(f"{PAGE}/visit/take_back")
    assert phone.send(tap).get_json()["results"][0]["is_done"]
    assert open_shares() == []


def test_a_tap_sent_again_puts_nothing_back_on_the_list(phone):
    tap = phone.tapped("keep")
    phone.send(tap)
    phone.browser.post(f"{PAGE}/visit/let_go")
    phone.send(tap)
    assert list(db.session.scalars(db.select(KeptExhibitor))) == []


def test_a_contact_tapped_before_it_was_taken_back_comes_too_late(phone):
    phone.browser.post(f"{PAGE}/visit/leave_contact"), phone.browser.post(f"{PAGE}/visit/take_back")
    assert "rút lại" in phone.tap("leave_contact", ago=timedelta(hours=1))["told"]
    assert open_shares() == []


def test_a_taking_back_tapped_before_the_contact_was_left_again_comes_too_late(phone):
    phone.browser.post(f"{PAGE}/visit/leave_contact")
    phone.tap("take_back", ago=timedelta(hours=1))
    assert len(open_shares()) == 1


def test_taps_are_done_in_their_order(phone):
    phone.send(phone.tapped("leave_contact"), phone.tapped("take_back"), phone.tapped("keep"), phone.tapped("let_go"))
    assert (open_shares(), list(db.session.scalars(db.select(KeptExhibitor)))) == ([], [])


def test_taps_of_another_visitor_wait_for_them(app, phone, register):
    other = Phone(app.test_client(), register("Lê An"))
    assert other.send(other.tapped("leave_contact"), visitor=phone.person_id).status_code == 403
    assert (
        app.test_client().post(TAPS, json={"visitor": phone.person_id, "taps": [phone.tapped("keep")]}).status_code
        == 403
    )
    assert list(db.session.scalars(db.select(Lead))) == []


def test_an_exhibitor_that_left_takes_none_of_the_others_along(phone):
    results = phone.send(phone.tapped("keep", ref="gone"), phone.tapped("fly"), phone.tapped("keep")).get_json()[
        "results"
    ]
    assert [one["is_done"] for one in results] == [False, False, True]


def test_a_wish_to_meet_goes_up_with_its_time_and_a_second_says_that_one_is_open(phone, app, monkeypatch):
    monkeypatch.setattr("techfair.meetings.slots.takes_requests", lambda fair_id: True)
    first = phone.tap("meet", "Máy sấy 2 tấn", ago=timedelta(hours=2))
    second = phone.tap("meet", "Lần nữa")
    asked = db.session.scalars(db.select(MeetingRequest)).one()
    assert (first["is_done"], second["is_done"], asked.message) == (True, False, "Máy sấy 2 tấn")
    assert abs(clock.now() - timedelta(hours=2) - asked.sent_at) < timedelta(seconds=10)


def test_the_page_of_a_printed_code_has_the_buttons_for_whom_the_phone_knows(phone, client, monkeypatch):
    monkeypatch.setattr("techfair.meetings.slots.takes_requests", lambda fair_id: True)
    page, strangers = phone.browser.get(PAGE).text, client.get(PAGE).text
    for deed in ("keep", "leave_contact", "meet"):
        assert (f'data-tap="{deed}"' in page, f'data-tap="{deed}"' in strangers) == (True, False)
    assert ("bia@example.vn" in page, "bia@example.vn" in strangers) == (True, False)
    assert db.session.scalar(db.select(db.func.count()).select_from(Lead)) == 0  # opening it says nothing to anybody


def test_without_a_script_the_buttons_work_as_forms(phone):
    assert phone.browser.post(f"{PAGE}/visit/keep?exhibitor=1").location == PAGE
    assert db.session.scalars(db.select(KeptExhibitor)).one()


def test_erasing_takes_the_taps_along(phone, fair, organizer):
    phone.tap("keep")
    erasing.erase(db.session.get_one(Registration, phone.person_id), organizer)
    db.session.commit()
    assert list(db.session.scalars(db.select(VisitorTap))) == []

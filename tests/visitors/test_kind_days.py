"""Kinds that are let in on some days alone."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from techfair.core.formats import format_date
from techfair.extensions import db
from techfair.visitors import own
from techfair.visitors.kind_days import choosing
from techfair.visitors.kind_days.models import KindDays
from techfair.visitors.models import KINDS, Registration


@pytest.fixture
def ticked(fair, as_organizer):
    """Posts the organizer's page with visitors let in on these days, all other kinds always."""

    def post(*days):
        everyday = [str(number) for number in range(1, len(choosing.days_of(fair)) + 1)]
        db.session.rollback()
        data = {}
        for place, kind in enumerate(KINDS):
            data[f"kinds-{place}-kind"] = kind
            data[f"kinds-{place}-days"] = [str(day) for day in days] if kind == "visitor" else everyday
        return as_organizer.post(f"/organizer/fairs/{fair.slug}/gates/days", data=data)

    return post


def test_a_kind_is_refused_on_a_day_that_the_organizer_did_not_tick(gate, badge, make_badge, ticked):
    assert ticked(2).status_code == 303
    guest = make_badge("Lê Thị Mai", kind="guest")
    told = [gate.scan(badge, day=0), gate.scan(badge, day=1), gate.scan(guest, day=0)]
    assert [one["reason"] or one["verdict"] for one in told] == ["wrong_day", "admitted", "admitted"]
    pair = gate.send(gate.reading(badge, day=0), gate.reading(guest, at="10:00", day=1))  # in a batch as alone
    assert [one["reason"] or one["verdict"] for one in pair] == ["wrong_day", "admitted"]


def test_days_move_with_a_fair_that_is_put_off(gate, badge, fair, organizer):
    choosing.choose(fair, {"visitor": [1]}, organizer)
    fair.starts_on, fair.ends_on = fair.starts_on + timedelta(days=1), fair.ends_on + timedelta(days=1)
    db.session.commit()
    assert [gate.scan(badge, day=day)["reason"] for day in (1, 2)] == [None, "wrong_day"]


def test_a_kind_without_any_day_is_told_beside_it_and_nothing_is_kept(fair, ticked):
    page = ticked()
    assert (page.status_code, "kinds-0-days-error" in page.text) == (422, True)
    assert choosing.chosen(fair.id) == {}


def test_all_days_ticked_is_no_choice_and_takes_an_earlier_one_back(fair, ticked):
    ticked(1)
    assert choosing.chosen(fair.id) == {"visitor": [1]}
    ticked(*range(1, len(choosing.days_of(fair)) + 1))
    assert choosing.chosen(fair.id) == {}


def test_the_database_keeps_no_kind_without_a_day(fair):
    db.session.add(KindDays(fair_id=fair.id, kind="press", days=[]))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_badges_own_page_names_its_days(fair, badge, organizer, client):
    choosing.choose(fair, {"visitor": [2]}, organizer)
    registration = badge.badge.registration_id
    db.session.commit()
    address = own.address(db.session.get_one(Registration, registration))
    page = client.get(address[address.index("/me/") :], follow_redirects=True)
    assert format_date(fair.starts_on + timedelta(days=1), "vi") in page.text.split("badge-band")[1].split("<h2>")[0]

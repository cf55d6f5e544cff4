"""The visitors' figures taken apart: each table adds up to what the report tells, and says what it counts."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from techfair.accounts.models import User
from techfair.core import clock
from techfair.extensions import db
from techfair.organizers import report, visitor_figures
from techfair.visitors.gate_models import Gate, HeadCount
from techfair.visitors.models import Registration
from techfair.visitors.tallies import jobs

PAGE = "/organizer/fairs/{}/visitor-figures"


@pytest.fixture
def organizing(demo_fair, sign_in):
    """The demo's own organizer."""
    return sign_in(db.session.scalars(db.select(User).filter_by(email="organizer@example.vn")).one())


def column(rows, number):
    return sum(row.counts[number] for row in rows)


@pytest.mark.parametrize("is_counted_ahead", [False, True])
def test_the_tables_add_up_to_the_report(demo_fair, is_counted_ahead):
    if is_counted_ahead:
        jobs.fold_scans()
    told = visitor_figures.of(demo_fair, None)
    wanted = {key: figure.value for key, figure in report.figures(demo_fair).items() if key.startswith("visitors.")}
    assert {f"visitors.{name}": value for name, value in told.figures().items()}.items() <= wanted.items()
    for rows in (told.by_kind(is_visitor=True), told.by_province(), told.by_country()):
        assert [column(rows, n) for n in range(4)] == [
            wanted[f"visitors.{name}"] for name in ("registered", "unique", "person_days", "entries")
        ]
    assert column(told.by_day(), 0) == wanted["visitors.person_days"]
    assert (column(told.by_hour(), 0), column(told.by_hour(), 1)) == (
        wanted["visitors.entries"],
        wanted["visitors.head_count"],
    )
    assert (column(told.by_gate(), 2), column(told.by_gate(), 3)) == (
        wanted["visitors.entries"],
        wanted["visitors.head_count"],
    )


def test_every_figure_carries_its_definition(organizing, demo_fair):
    page = organizing.get(PAGE.format(demo_fair.slug)).text
    for key in ("registered", "unique", "person_days", "entries", "head_count"):
        assert report.figures(demo_fair)[f"visitors.{key}"].definition in page


def test_one_day_tells_its_own_people(demo_fair):
    days = visitor_figures.of(demo_fair, None).days
    by_day = report.within(report.figures(demo_fair), "visitors.by_day")
    for day in days:
        told = visitor_figures.of(demo_fair, day)
        assert told.figures()["unique"] == by_day[day.isoformat()] == column(told.by_province(), 0)


def test_who_used_two_entrances_counts_at_each_and_once_in_all(fair, person, passes, entrance):  # K009
    other = Gate(fair_id=fair.id, code="B", name_vi="Cổng phụ")
    db.session.add(other)
    db.session.commit()
    who = person()
    passes(who, "08:10"), passes(who, "09:20", gate_id=other.id)
    told = visitor_figures.of(fair, None)
    assert [row.counts for row in told.by_gate()] == [(1, 1, 1, 0), (1, 1, 1, 0)]
    assert (told.figures()["unique"], told.figures()["entries"]) == (1, 2)
    assert [(row.name, row.counts) for row in told.by_hour()] == [("08", (1, 0)), ("09", (1, 0))]


def test_people_who_work_at_the_fair_stand_apart(fair, person, passes):
    passes(person(kind="speaker"))
    told = visitor_figures.of(fair, None)
    assert told.figures()["entries"] == 0
    assert [row.counts for row in told.by_kind(is_visitor=False)] == [(1, 1, 1, 1)]
    assert told.by_kind(is_visitor=True) == []


def test_the_clicker_is_counted_in_the_hour_and_day_of_the_fair(fair, entrance):
    at = clock.now().replace(hour=18, minute=10) - timedelta(days=1)  # past midnight where the fair is
    day = clock.local_day(at, fair.timezone)
    db.session.add(HeadCount(id=uuid4(), gate_id=entrance.id, counted_at=at, counted_on=day, people=7))
    db.session.commit()
    told = visitor_figures.of(fair, day)
    assert (told.days, told.figures()["head_count"]) == ([day], 7)
    assert [(row.name, row.counts) for row in told.by_hour()] == [("01", (0, 7))]


def test_the_page_takes_few_statements(as_organizer, fair, person, passes, at_most):
    for minute in range(10, 30):
        passes(person(), f"09:{minute}")
    with at_most(statements=10):
        assert as_organizer.get(PAGE.format("gia-lai")).status_code == 200


def test_a_strange_day_is_the_whole_fair_and_an_empty_fair_says_so(as_organizer, fair):
    for day in ("1999-01-01", "gestern", ""):
        page = as_organizer.get(PAGE.format("gia-lai") + f"?day={day}")
        assert (page.status_code, "Chưa có lượt vào" in page.text) == (200, True)


def test_strangers_and_stewards_find_nothing(as_stranger, as_steward, client, fair):
    page = PAGE.format("gia-lai")
    assert [each.get(page).status_code for each in (as_stranger, as_steward, client)] == [404, 404, 303]


def test_registrations_add_up_by_the_day_on_which_they_were_made(demo_fair):
    told = visitor_figures.of(demo_fair, None)
    assert sum(told.registered_on.values()) == told.figures()["registered"]


def test_somebody_who_registers_after_the_fair_s_midnight_counts_on_the_new_day(demo_fair):
    person = db.session.scalars(db.select(Registration).filter_by(fair_id=demo_fair.id, kind="visitor").limit(1)).one()
    person.created_at = datetime(2019, 7, 1, 17, 5, tzinfo=UTC)  # 00:05 on the second in Pleiku
    assert visitor_figures.of(demo_fair, None).registered_on[date(2019, 7, 2)] == 1
    db.session.rollback()

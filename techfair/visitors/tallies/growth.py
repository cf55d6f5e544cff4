"""What a span of scans adds to the sums, as parts of one statement; folding and looking both ask it.

Who passed within the span is counted anew with all their scans, and what they had counted for before is taken off:
so a person of two scans is one, a late scan of an earlier day finds its day, and whoever went out is inside no more.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    distinct,
    extract,
    func,
    literal,
    null,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.models import COUNTED_KINDS, Registration

QUARTER = 15  # minutes; no zone of the world is off by less
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before the first scan
END = datetime(9999, 1, 1, tzinfo=UTC)

Moment = datetime | ColumnElement[Any]


def of_everyone(fair_id: Any, until: Moment) -> list[Select[Any]]:
    """What all scans of a fair received before ``until`` add up to: the plain count."""
    return _sums(_passages(Scan.fair_id == fair_id, BEGINNING, until))


def of_people(ids: Any, until: Moment) -> list[Select[Any]]:
    """What the scans of some people received before ``until`` add up to."""
    people = select(Registration.id.label("id")).where(Registration.id.in_(ids)).cte("people")
    return _sums(_passages(Scan.registration_id.in_(_family(people)), BEGINNING, until))


def of_span(fair_id: Any, since: Moment, until: Moment = END) -> list[Select[Any]]:
    """What the scans received from ``since`` on, before ``until``, change in the sums."""
    # Whoever passed at any fair, so that SQLite does not walk all scans of this one by another index; the gates
    # tell the fair. With both ends PostgreSQL knows without figures that the span is short.
    within = (Scan.received_at >= since, Scan.received_at < until)
    passed = select(Registration.person_id.label("id")).join(Scan, Scan.registration_id == Registration.id)
    people = passed.where(*within).distinct().cte("people")
    theirs = and_(Scan.registration_id.in_(_family(people)), Gate.fair_id == fair_id)
    return _sums(_passages(theirs, since, until))


def _family(people: CTE) -> Select[Any]:
    """The registrations of these people, also the merged ones; the merged are few and have an index of their own."""
    ended = select(Registration.id).where(Registration.merged_into_id.is_not(None))
    merged = ended.where(Registration.merged_into_id.in_(select(people.c.id)))
    return select(union(select(people.c.id), merged).subquery().c.id)


def _passages(which: ColumnElement[bool], since: Moment, until: Moment) -> CTE:
    """Admitted and repeated scans at entrances, each with its person and whether it was counted before."""
    person = aliased(Registration)
    is_entry = Scan.direction == "entry"
    is_visit = and_(is_entry, Scan.verdict == "admitted")
    hour, minute = (cast(extract(part, Scan.scanned_at), Integer) for part in ("hour", "minute"))
    return (
        select(
            person.id.label("person"),
            Scan.scanned_on.label("day"),
            Scan.scanned_at.label("at"),
            is_entry.label("is_entry"),
            is_visit.label("is_visit"),
            person.kind.in_(COUNTED_KINDS).label("is_visitor"),
            (Scan.received_at < since).label("is_old"),
            cast(hour * 60 + minute // QUARTER * QUARTER, String).label("quarter"),
            cast(Scan.gate_id, String).label("gate"),
            person.kind.label("kind"),
            func.coalesce(person.province_code, "").label("province"),
            person.country.label("country"),
        )
        .join(Registration, Registration.id == Scan.registration_id)
        .join(person, person.id == Registration.person_id)
        .join(Gate, Gate.id == Scan.gate_id)
        .where(which, Gate.place == "entrance", Scan.verdict.in_(("admitted", "repeated")), Scan.received_at < until)
        .cte("passage")
    )


def _sums(passages: CTE) -> list[Select[Any]]:
    of_days = [
        _visits(passages, by, passages.c.day) for by in ("all", "quarter", "gate", "kind", "province", "country")
    ]
    of_fair = [_visits(passages, by, None) for by in ("all", "gate", "kind", "province", "country")]
    return [*of_days, *of_fair, _whereabouts(passages)]


def _visits(passages: CTE, by: str, day: Any) -> Select[Any]:
    """Entries and different people of each day, or of the fair; by kind everyone's, else those of visitors."""
    one = passages.c
    key: Any = literal("") if by == "all" else one[by]
    told = select(
        cast(null(), Date).label("day") if day is None else day.label("day"),
        literal(by).label("dimension"),
        key.label("key"),
        (func.count() - func.count(case((one.is_old, 1)))).label("entries"),
        (func.count(distinct(one.person)) - func.count(distinct(case((one.is_old, one.person))))).label("people"),
        literal(0).label("inside"),
        literal(0).label("gone"),
    ).where(one.is_visit)
    told = told if by == "kind" else told.where(one.is_visitor)
    return told.group_by(*([] if day is None else [day]), *([] if by == "all" else [key]))


def _whereabouts(passages: CTE) -> Select[Any]:
    """Of each day: how many's last passage was an entry, and how many went out at least once; everyone counts."""
    one = passages.c
    went_in, went_out = _last(passages, one.is_entry), _last(passages, ~one.is_entry)
    was_in = _last(passages, and_(one.is_entry, one.is_old))
    was_out = _last(passages, and_(~one.is_entry, one.is_old))
    ends = (went_in.label("went_in"), went_out.label("went_out"), was_in.label("was_in"), was_out.label("was_out"))
    each = select(one.day, *ends).group_by(one.person, one.day).subquery()
    is_in, was_inside = _stayed(each.c.went_in, each.c.went_out), _stayed(each.c.was_in, each.c.was_out)
    return select(
        each.c.day,
        literal("all"),
        literal(""),
        literal(0),
        literal(0),
        func.count(case((is_in, 1))) - func.count(case((was_inside, 1))),
        func.count(each.c.went_out) - func.count(each.c.was_out),
    ).group_by(each.c.day)


def _last(passages: CTE, which: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.max(case((which, passages.c.at)))


def _stayed(came_at: ColumnElement[Any], went_at: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(came_at.is_not(None), or_(went_at.is_(None), came_at > went_at))

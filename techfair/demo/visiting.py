"""Delegations, visitors with their badges, and three days of scans."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from techfair.core.vietnamese import search_key, sort_key
from techfair.demo import bulk, people
from techfair.demo.people import Person
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.models import Company
from techfair.extensions import db
from techfair.fairs import provinces
from techfair.fairs.models import Fair
from techfair.visitors.finding import keeping as finding
from techfair.visitors.finding.models import RegistrationWord
from techfair.visitors.gate_models import Device, Gate, HeadCount, Scan
from techfair.visitors.models import Badge, Consent, Delegation, Registration

ABSENT_PROVINCE = "93"  # 62 of 63 sent someone
HOST_PROVINCE, HOST_DELEGATES = "64", 40
DELEGATES_EACH = 6
MINISTRY = "Bộ Khoa học và Công nghệ", "Ministry of Science and Technology", 15
ATTENDING = 0.95  # of those who registered; the others never came
HOURS = {7: 6, 8: 22, 9: 20, 10: 12, 11: 5, 12: 3, 13: 8, 14: 14, 15: 11, 16: 6, 17: 3}  # arrivals by hour
DAYS = (38, 34, 28)  # shares of those who come on one day only
CONSENTS = {"organizer_contact": 0.55, "exhibitors_read": 0.4, "public_list": 0.1, "photos": 0.5}
REGISTERED_FROM = datetime(2019, 10, 20, 1, 0, tzinfo=UTC)

Row = dict[str, Any]
Progress = Callable[[int], Any]


@dataclass(frozen=True)
class Entrance:
    """A gate with the device that reads there, and how much of the crowd it takes."""

    gate_id: int
    device_id: int
    share: int


def send_delegations(fair: Fair) -> None:
    """Delegates of 62 provinces and the ministry, nearly all of them scanned, the others marked as present."""
    invited: list[tuple[str, str, str | None, int]] = [(*MINISTRY[:2], None, MINISTRY[2])]
    for province in provinces.in_force(fair.starts_on):
        if province.code != ABSENT_PROVINCE:
            body = "Sở Khoa học và Công nghệ " + ("thành phố " if province.kind == "city" else "tỉnh ") + province.name
            count = HOST_DELEGATES if province.code == HOST_PROVINCE else DELEGATES_EACH
            invited.append((body, f"Department of Science and Technology of {province.name}", province.code, count))
    for number, (body_vi, body_en, province_code, count) in enumerate(invited, start=1):
        delegation = Delegation(fair_id=fair.id, body_vi=body_vi, body_en=body_en, province_code=province_code)
        delegation.dispatch_number = f"{100 + number}/CV-2019"
        db.session.add(delegation)
        db.session.flush()
        _register(fair, _delegates(delegation, count), {"delegation_id": delegation.id})


def _delegates(delegation: Delegation, count: int) -> Iterator[tuple[str, Person]]:
    for place in range(count):
        key = f"delegate {delegation.dispatch_number} {place}"
        name = people.name(Random(key))
        yield key, Person(name, delegation.body_vi, "delegate", delegation.province_code or "01", None)


def staff_booths(fair: Fair, companies: Iterable[Any]) -> None:
    """A badge for each contact of a company: kept apart from the visitors in every figure."""
    staff = [(company, 1, company.contact_name, company.contact_email) for company in companies]
    places = func.row_number().over(partition_by=CompanyContact.company_id, order_by=CompanyContact.id) + 1
    others = select(Company, places, CompanyContact.name, CompanyContact.email)
    others = others.join(CompanyContact, CompanyContact.company_id == Company.id).order_by(CompanyContact.id)
    staff += [(row[0], row[1], row[2], row[3]) for row in db.session.execute(others)]
    badges = [
        (f"staff {company.public_ref} {place}", Person(name, company.name_vi, "exhibitor_staff", "", email))
        for company, place, name, email in staff
        if email
    ]
    _register(fair, badges, {})


def click_heads(fair: Fair) -> None:
    """The crowd at the opening that came in by the east gate without badges, clicked by the quarter of an hour."""
    random = Random("opening")
    gate = db.session.scalars(select(Gate.id).filter_by(fair_id=fair.id, code="B")).one()
    opens_at = datetime.combine(fair.starts_on, time(7, 30), fair.zone)
    rows = [
        {
            "id": UUID(int=random.getrandbits(128), version=4),
            "gate_id": gate,
            "counted_at": (opens_at + quarter * timedelta(minutes=15)).astimezone(UTC),
            "counted_on": fair.starts_on,
            "people": random.randrange(60, 240),
        }
        for quarter in range(8)
    ]
    bulk.insert_rows(HeadCount, rows)


def count(fair: Fair) -> int:
    """How many of the fair's visitors were made here; those who registered by themselves are not among them."""
    made = select(func.count()).select_from(Registration).where(Registration.fair_id == fair.id)
    return db.session.scalar(made.where(Registration.form_token.like("visitor %"))) or 0


def visit(fair: Fair, wanted: int, progress: Progress) -> None:
    """Bring the fair's visitors to ``wanted``: those of an earlier load stay, more come behind them."""
    for numbers in bulk.chunks(range(count(fair) + 1, wanted + 1)):
        _register(fair, ((f"visitor {number}", people.visitor(number)) for number in numbers), {})
        progress(len(numbers))


def _register(fair: Fair, persons: Iterable[tuple[str, Person]], shared: Row) -> None:
    """Registrations, badges, consents and scans of some people, each in one statement."""
    entrances = _entrances(fair)
    registrations: list[Row] = []
    badges: list[Row] = []
    consents: list[Row] = []
    scans: list[Row] = []
    persons = list(persons)
    ids = zip(bulk.take_ids(Registration, len(persons)), bulk.take_ids(Badge, len(persons)), strict=True)
    number = (db.session.scalar(select(func.max(Badge.number)).filter_by(fair_id=fair.id)) or 0) + 1
    for (key, person), (registration_id, badge_id) in zip(persons, ids, strict=True):
        random = Random(f"days of {key}")
        read = list(_scans(fair, entrances, random, registration_id, badge_id))
        registered_at = REGISTERED_FROM + timedelta(minutes=random.randrange(35 * 24 * 60))
        registered_at = min(registered_at, read[0]["scanned_at"] if read else registered_at)
        row = _registration(fair, key, person, registered_at) | shared | {"id": registration_id}
        row["is_present"] = person.kind == "delegate" and not read
        registrations.append(row)
        badges.append(_badge(row, badge_id, number + len(badges)))
        consents += [consent for consent in _consents(row, random) if person.kind != "exhibitor_staff"]
        scans += read
    words = [word for row in registrations for word in _words(row)]
    tables = (Registration, registrations), (RegistrationWord, words), (Badge, badges), (Consent, consents)
    for model, rows in (*tables, (Scan, scans)):
        bulk.insert_rows(model, rows)


def _entrances(fair: Fair) -> list[Entrance]:
    gates = db.session.execute(select(Gate.id, Gate.code).filter_by(fair_id=fair.id, place="entrance"))
    shares = {"A": 65, "B": 35}
    return [Entrance(row.id, _device(fair, row.code), shares[row.code]) for row in gates.all() if row.code in shares]


def _device(fair: Fair, code: str) -> int:
    """The phone that scanned at this gate in 2019; revoked since, so that it opens nothing."""
    name = f"Điện thoại cổng {code}"
    found = db.session.scalars(select(Device).filter_by(fair_id=fair.id, name=name)).one_or_none()
    if found is None:
        closed_at = datetime.combine(fair.ends_on, time(18), fair.zone)
        digest = secrets.token_bytes(32)
        found = Device(fair_id=fair.id, name=name, token_digest=digest, created_at=closed_at, revoked_at=closed_at)
        found.last_contact_at = closed_at
        db.session.add(found)
        db.session.flush()
    return found.id


def _registration(fair: Fair, key: str, person: Person, registered_at: datetime) -> Row:
    return {
        "fair_id": fair.id,
        "kind": person.kind,
        "state": "confirmed",
        "full_name": person.full_name,
        "sort_key": sort_key(person.full_name),
        "search_key": search_key(f"{person.full_name} {person.organisation}"),
        "organisation": person.organisation,
        "email": person.email,
        "email_key": person.email,
        "province_code": person.province_code or None,
        "language": "vi",
        "delegation_id": None,
        "is_walk_in": person.email is None and person.kind != "delegate",
        "is_present": False,
        "form_token": key,
        "created_at": registered_at,
    }


def _words(row: Row) -> list[Row]:
    return finding.words(row["fair_id"], row["id"], row["search_key"], row["email_key"])


def _badge(registration: Row, badge_id: int, number: int) -> Row:
    shared = {"fair_id": registration["fair_id"], "kind": registration["kind"], "issued_at": registration["created_at"]}
    return shared | {"id": badge_id, "registration_id": registration["id"], "number": number}


def _consents(registration: Row, random: Random) -> Iterator[Row]:
    for purpose, share in CONSENTS.items():
        if random.random() < share:
            given = {"purpose": purpose, "given_at": registration["created_at"]}
            yield {"registration_id": registration["id"], **given}


def _scans(fair: Fair, entrances: list[Entrance], random: Random, person: int, badge: int) -> Iterator[Row]:
    """One admitted scan a day of those who come, and now and then a second, repeated one."""
    for day in _days(fair, random):
        entrance = random.choices(entrances, [entrance.share for entrance in entrances])[0]
        arrived_at = _arrival(fair, day, random)
        first = _scan(fair, entrance, random, person, badge, day, arrived_at)
        yield first | {"verdict": "admitted", "claim": f"{fair.id}/{person}/{day}", "first_scan_id": None}
        if random.random() < 0.03:
            again = _scan(
                fair, entrance, random, person, badge, day, arrived_at + timedelta(minutes=random.randrange(2, 90))
            )
            yield again | {"verdict": "repeated", "claim": None, "first_scan_id": first["id"]}


def _days(fair: Fair, random: Random) -> list[date]:
    if random.random() > ATTENDING:
        return []
    days = [fair.starts_on + timedelta(days=offset) for offset in range(3)]
    if random.random() < 0.7:
        return random.choices(days, DAYS)
    return sorted(random.sample(days, random.choice((2, 2, 3))))


def _arrival(fair: Fair, day: date, random: Random) -> datetime:
    hour = random.choices(list(HOURS), list(HOURS.values()))[0]
    local = datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), fair.zone)
    return local.astimezone(UTC)


def _scan(fair: Fair, entrance: Entrance, random: Random, person: int, badge: int, day: date, at: datetime) -> Row:
    return {
        "id": UUID(int=random.getrandbits(128), version=4),
        "fair_id": fair.id,
        "gate_id": entrance.gate_id,
        "device_id": entrance.device_id,
        "badge_id": badge,
        "registration_id": person,
        "scanned_at": at,
        "device_time": at,
        "received_at": at + timedelta(seconds=1),
        "scanned_on": day,
    }

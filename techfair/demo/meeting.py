"""The meeting programme and the connections that came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from techfair.core import clock
from techfair.core.vietnamese import search_key
from techfair.demo import bulk, source
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection, Meeting, MeetingParty, MeetingRequest, Participant, Slot, Table
from techfair.meetings.rooms.models import Room

SESSIONS = (("morning", time(8, 30), 8), ("afternoon", time(13, 30), 9))  # first slot, number of slots
SLOT = timedelta(minutes=20)
TABLES = 40
POINTS = 50  # connections that came through a standing connection point
PARTNERS = {"KR": (200, ("mech",)), "CN": (30, ("med",)), "SG": (5, ("env", "materials")), "JP": (4, ("energy",))}
UNANSWERED, DECLINED = 9, 14

Row = dict[str, Any]
Pair = tuple[Company, Company, Technology]


def connect(fair: Fair, companies: dict[str, Company]) -> None:
    """Slots and tables, the meetings that were held, and 289 confirmed connections."""
    timetable = Timetable(fair, _participants(fair, companies))
    technologies = _technologies(companies)
    rows = []
    for pair, country in _partner_pairs(companies, technologies):
        rows.append(_connection(fair, pair, "meeting", country, timetable.hold(pair)))
    for pair in _point_pairs(companies, technologies):
        at_point = fair.starts_on - timedelta(days=7 + 6 * len(rows) % 290)  # such offices work all year round
        rows.append(_connection(fair, pair, "connection_point", "VN", Held(None, at_point)))
    timetable.write()
    bulk.insert_rows(Connection, rows)
    _open_requests(fair, companies, timetable.participants)


def _participants(fair: Fair, companies: dict[str, Company]) -> dict[int, int]:
    """Every exhibitor takes part; participant ids by company."""
    exhibitors = db.session.execute(db.select(Exhibitor.id, Exhibitor.company_id).filter_by(fair_id=fair.id)).all()
    languages = {company.id: ["vi", "en"] if company.country == "VN" else ["en"] for company in companies.values()}
    ids = bulk.take_ids(Participant, len(exhibitors))
    rows = [
        {"id": id, "fair_id": fair.id, "exhibitor_id": row.id, "languages": languages[row.company_id]}
        for id, row in zip(ids, exhibitors, strict=True)
    ]
    bulk.insert_rows(Participant, rows)
    return {row.company_id: id for id, row in zip(ids, exhibitors, strict=True)}


def _technologies(companies: dict[str, Company]) -> dict[int, list[Technology]]:
    """Each company's offers, oldest first."""
    ids = [company.id for company in companies.values()]
    offers: dict[int, list[Technology]] = {}
    statement = db.select(Technology).where(Technology.company_id.in_(ids)).order_by(Technology.id)
    for technology in db.session.scalars(statement.options(db.selectinload(Technology.sectors))):
        offers.setdefault(technology.company_id, []).append(technology)
    return offers


def _partner_pairs(companies: dict[str, Company], offers: dict[int, list[Technology]]) -> Iterator[tuple[Pair, str]]:
    """Firms abroad with Vietnamese ones, as many a country as were published, in the sectors published."""
    home = [company for company in companies.values() if company.country == "VN"]
    for country, (count, sectors) in PARTNERS.items():
        abroad = [
            company
            for company in companies.values()
            if company.country == country and {row.sector for row in company.sectors} & set(sectors)
        ]
        for number in range(count):
            turn, place = divmod(number, len(abroad))
            partner, company = abroad[place], home[(turn + place * 31) % len(home)]
            yield (partner, company, _subject(offers, sectors, partner, company, number)), country


def _subject(
    offers: dict[int, list[Technology]], sectors: tuple[str, ...], partner: Company, company: Company, number: int
) -> Technology:
    """A technology of one of the two in the sector, else one that the fair showed in it."""
    own = [*offers.get(partner.id, []), *offers.get(company.id, [])]
    wanted = sectors[number % len(sectors)]
    fitting = [offer for offer in own if wanted in {row.sector for row in offer.sectors}]
    if not fitting:
        every = (offer for of_company in offers.values() for offer in of_company)
        fitting = [offer for offer in every if wanted in {row.sector for row in offer.sectors}]
    return fitting[number % len(fitting)]


def _point_pairs(companies: dict[str, Company], offers: dict[int, list[Technology]]) -> Iterator[Pair]:
    """Vietnamese firms with the need of another that their technology answers."""
    needs = [companies[need["company"]] for need in source.needs()]
    home = [company for company in companies.values() if company.country == "VN" and company.id in offers]
    seen: set[frozenset[int]] = set()
    for turn in range(len(needs) * len(home)):
        seeker, supplier = needs[turn % len(needs)], home[(turn * 7 + turn // len(needs)) % len(home)]
        pair = frozenset((seeker.id, supplier.id))
        if len(pair) == 2 and pair not in seen:
            seen.add(pair)
            yield supplier, seeker, offers[supplier.id][0]
        if len(seen) == POINTS:
            return


def _connection(fair: Fair, pair: Pair, source_word: str, country: str, held: "Held") -> Row:
    first, second, technology = pair
    sectors = [row.sector for row in technology.sectors]
    wanted = PARTNERS.get(country, (0, ()))[1]
    return {
        "fair_id": fair.id,
        "first_id": min(first.id, second.id),
        "second_id": max(first.id, second.id),
        "subject_vi": technology.title_vi,
        "subject_en": technology.title_en,
        "subject_key": search_key(technology.title_vi),
        "sector": next((sector for sector in sectors if sector in wanted), sectors[0]),
        "technology_id": technology.id,
        "meeting_id": held.meeting_id,
        "source": source_word if held.meeting_id or source_word == "connection_point" else "other",
        "partner_country": country,
        "state": "confirmed",
        "evidence": "Biên bản kết nối tại hội chợ" if source_word == "meeting" else "Sổ theo dõi của điểm kết nối",
        "arose_on": held.on,
        "confirmed_at": datetime.combine(fair.ends_on, time(10), UTC),
    }


@dataclass(frozen=True)
class Held:
    """The meeting in which two got to know each other, if there was one, and the day."""

    meeting_id: int | None
    on: date


class Timetable:
    """Holds meetings where both are free and a table is: first fit, kept in memory, written at once."""

    def __init__(self, fair: Fair, participants: dict[int, int]) -> None:
        self.fair, self.participants = fair, participants
        self.slots, self.tables = self._slots(), self._tables()
        self.busy: set[tuple[int, int]] = set()  # participant or table (negative) and slot
        self.requests: list[Row] = []
        self.meetings: list[Row] = []
        self.parties: list[Row] = []
        most = sum(count for count, _sectors in PARTNERS.values())
        self.ids = zip(bulk.take_ids(MeetingRequest, most), bulk.take_ids(Meeting, most), strict=True)

    def _slots(self) -> list[tuple[int, date]]:
        rows = []
        for day in range((self.fair.ends_on - self.fair.starts_on).days + 1):
            for session, begins, count in SESSIONS:
                start = datetime.combine(self.fair.starts_on + timedelta(days=day), begins, self.fair.zone)
                for number in range(count):
                    at = {"starts_at": start + number * SLOT, "ends_at": start + (number + 1) * SLOT}
                    rows.append({"fair_id": self.fair.id, "session": f"{day + 1}-{session}"} | at)
        bulk.insert_rows(Slot, rows)
        made = db.select(Slot.id, Slot.starts_at).filter_by(fair_id=self.fair.id).order_by(Slot.starts_at)
        return [(row.id, clock.local_day(row.starts_at, self.fair.timezone)) for row in db.session.execute(made)]

    def _tables(self) -> list[int]:
        room = Room(fair_id=self.fair.id, name_vi="Khu kết nối B2B", name_en="B2B meeting area")
        db.session.add(room)
        db.session.flush()
        numbers = range(1, TABLES + 1)
        rows = [{"fair_id": self.fair.id, "code": f"{number:02}", "room_id": room.id} for number in numbers]
        bulk.insert_rows(Table, rows)
        return list(db.session.scalars(db.select(Table.id).filter_by(fair_id=self.fair.id).order_by(Table.code)))

    def hold(self, pair: Pair) -> Held:
        """A held meeting of the two; none, on the first day, where they have no common free time left."""
        both = [self.participants[pair[0].id], self.participants[pair[1].id]]
        for slot, day in self.slots:
            table = next((table for table in self.tables if (-table, slot) not in self.busy), None)
            if table is not None and not any((party, slot) in self.busy for party in both):
                self.busy |= {(-table, slot), (both[0], slot), (both[1], slot)}
                return Held(self._note(both, slot, table, pair[2].id), day)
        return Held(None, self.fair.starts_on)

    def _note(self, both: list[int], slot: int, table: int, technology_id: int) -> int:
        request_id, meeting_id = next(self.ids)
        agreed_at = datetime.combine(self.fair.starts_on, time(1), UTC) - timedelta(days=5)
        wish = {"from_id": both[0], "to_id": both[1], "technology_id": technology_id, "state": "accepted"}
        times = {"sent_at": agreed_at - timedelta(days=2), "answered_at": agreed_at}
        self.requests.append({"id": request_id, "fair_id": self.fair.id} | wish | times)
        held = {"request_id": request_id, "state": "held", "slot_id": slot, "table_id": table, "agreed_at": agreed_at}
        self.meetings.append({"id": meeting_id, "fair_id": self.fair.id} | held)
        self.parties += [{"meeting_id": meeting_id, "participant_id": party, "slot_id": slot} for party in both]
        return meeting_id

    def write(self) -> None:
        bulk.insert_rows(MeetingRequest, self.requests)
        bulk.insert_rows(Meeting, self.meetings)
        bulk.insert_rows(MeetingParty, self.parties)


def _open_requests(fair: Fair, companies: dict[str, Company], participants: dict[int, int]) -> None:
    """Wishes that came to nothing: some declined, some never answered."""
    random = Random("open requests")
    home = [company.id for company in companies.values() if company.country == "VN"]
    at = datetime.combine(fair.starts_on, time(2), UTC) - timedelta(days=4)
    rows: list[Row] = []
    seen: set[tuple[int, int]] = set()
    while len(rows) < UNANSWERED + DECLINED:
        asking, asked = random.sample(home, 2)
        if (asking, asked) in seen:
            continue
        seen.add((asking, asked))
        is_declined = len(rows) < DECLINED
        rows.append(
            {
                "fair_id": fair.id,
                "from_id": participants[asking],
                "to_id": participants[asked],
                "state": "declined" if is_declined else "expired",
                "answer": "Chưa có kế hoạch đầu tư trong năm nay." if is_declined else "",
                "sent_at": at,
                "answered_at": at + timedelta(days=1) if is_declined else None,
            }
        )
    bulk.insert_rows(MeetingRequest, rows)

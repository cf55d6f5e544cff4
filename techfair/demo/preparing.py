"""What exhibitors of the demo do before the opening: ask for booths, pay, say what their booth needs, bring people."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from techfair.demo import bulk
from techfair.demo.drawing import TERMS
from techfair.exhibitors.fees import vietqr
from techfair.exhibitors.fees.models import Fee, FeeAccount, FeeLine, FeePayment
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.exhibitors.placing.models import BoothWish
from techfair.exhibitors.preparing.models import Preparation, PreparationDue
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.visitors.booth_people import guests
from techfair.visitors.booth_people.models import EVERY, BoothPeopleQuota, GuestCode, StaffBadge
from techfair.visitors.models import Registration

BANK, NUMBER, HOLDER = "970405", "5000201001234", "SO KHOA HOC VA CONG NGHE GIA LAI"
ISSUED_ON, DUE_ON = date(2019, 10, 20), date(2019, 11, 10)
DUE = {
    "logo": date(2019, 11, 1),
    "profile": date(2019, 11, 1),
    "technology": date(2019, 11, 8),
    "fascia": date(2019, 11, 8),
    "power": date(2019, 11, 8),
    "deliveries": date(2019, 11, 15),
    "staff": date(2019, 11, 18),
}
FEES, WISHES = 60, 6  # so many exhibitors are asked for a fee; so many wish for another booth
QUOTAS = {EVERY: (3, 20), "corner": (3, 20), "standard": (2, 15), "outdoor": (2, 15)}
SAID_AT = datetime(2019, 11, 5, 2, tzinfo=UTC)


def prepare(fair: Fair) -> None:
    """All of it, in the order of the companies."""
    exhibitors = list(
        db.session.scalars(
            select(Exhibitor).join(Exhibitor.company).where(Exhibitor.fair_id == fair.id).order_by(Company.public_ref)
        )
    )
    _fees(fair, exhibitors[:FEES])
    _wishes(fair, exhibitors[1 : WISHES + 1])
    _booths(fair, exhibitors)
    _people(fair, exhibitors)


def _fees(fair: Fair, exhibitors: Sequence[Exhibitor]) -> None:
    """For each the price of its booths; two of three paid, some of the rest in part."""
    db.session.add(FeeAccount(fair_id=fair.id, bank=BANK, number=NUMBER, holder=HOLDER))
    held = select(BoothAssignment.exhibitor_id, Booth.code, Booth.category).join(
        Booth, Booth.id == BoothAssignment.booth_id
    )
    booths: dict[int, list[tuple[str, int]]] = {}
    for id, code, category in db.session.execute(held.where(Booth.fair_id == fair.id).order_by(Booth.code)):
        booths.setdefault(id, []).append((code, TERMS[category][0]))
    for number, exhibitor in enumerate(exhibitors, 1):
        mine = booths.get(exhibitor.id, [])
        lines = [FeeLine(place=at, text=f"Gian hàng {code}", amount=price) for at, (code, price) in enumerate(mine, 1)]
        codes = " ".join(code for code, _ in mine)
        fee = Fee(
            fair_id=fair.id,
            number=number,
            exhibitor_id=exhibitor.id,
            reference=vietqr.plain(f"TF{fair.id} {number:04} {codes}"),
            bank=BANK,
            account_number=NUMBER,
            account_holder=HOLDER,
            issued_on=ISSUED_ON,
            due_on=DUE_ON,
            lines=lines,
        )
        if share := (2, 2, 0, 2, 2, 1)[number % 6]:
            paid_on = ISSUED_ON + timedelta(days=number % 20 + 1)
            fee.payments = [FeePayment(amount=fee.total * share // 2, paid_on=paid_on, note="Chuyển khoản")]
            fee.state = "paid" if share == 2 else "issued"
        db.session.add(fee)
    db.session.flush()


def _wishes(fair: Fair, exhibitors: Sequence[Exhibitor]) -> None:
    """The free booths of the open-air area are asked for, one of them by two."""
    taken = select(BoothAssignment.booth_id).where(BoothAssignment.state == "assigned")
    free = select(Booth.id).where(Booth.fair_id == fair.id, Booth.id.not_in(taken)).order_by(Booth.code)
    booths = list(db.session.scalars(free.limit(len(exhibitors) - 1)))
    for place, exhibitor in enumerate(exhibitors):
        asked = {"booth_id": booths[max(0, place - 1)], "exhibitor_id": exhibitor.id, "changed_at": SAID_AT}
        db.session.add(BoothAssignment(state="requested", **asked))
        wish = {"category": "outdoor", "needs_power": place % 2 == 0, "note": "Trình diễn máy chạy ngoài trời"}
        db.session.add(BoothWish(exhibitor_id=exhibitor.id, changed_at=SAID_AT, **wish))


def _booths(fair: Fair, exhibitors: Sequence[Exhibitor]) -> None:
    """By when each task is due, and what three of four said by then; the first has not yet."""
    bulk.insert_rows(PreparationDue, [{"fair_id": fair.id, "task": key, "due_on": day} for key, day in DUE.items()])
    names = db.session.execute(
        select(Company.id, Company.short_name, Company.name_en).where(
            Company.id.in_([one.company_id for one in exhibitors])
        )
    )
    fascias = {id: (short.upper()[:40], name.upper()[:40]) for id, short, name in names}
    rows = [
        {
            "exhibitor_id": one.id,
            "fascia_vi": fascias[one.company_id][0],
            "fascia_en": fascias[one.company_id][1],
            "power_watts": (0, 1000, 3000, 5000)[number % 4],
            "needs_water": number % 7 == 0,
            "deliveries": "" if number % 3 else "Một xe tải 2,5 tấn, sáng 23/11",
            "has_no_deliveries": number % 3 == 1,
            "version": 1,
        }
        for number, one in enumerate(exhibitors)
        if number % 4
    ]
    bulk.insert_rows(Preparation, rows)


def _people(fair: Fair, exhibitors: Sequence[Exhibitor]) -> None:
    """The quotas, each company's contacts as its staff, and codes for guests of some."""
    quotas = [
        {"fair_id": fair.id, "category": category, "staff": staff, "guests": guests}
        for category, (staff, guests) in QUOTAS.items()
    ]
    bulk.insert_rows(BoothPeopleQuota, quotas)
    exhibitor_of = {one.company_id: one.id for one in exhibitors}
    companies = select(Company.public_ref, Company.id).where(Company.id.in_(exhibitor_of))
    company_of = {row[0]: row[1] for row in db.session.execute(companies)}
    badges = select(Registration.form_token, Registration.id).where(
        Registration.fair_id == fair.id, Registration.form_token.like("staff %")
    )
    staff = []
    for token, id in db.session.execute(badges):
        _, ref, place = (token or "").split()
        exhibitor_id = exhibitor_of[company_of[ref]]
        staff.append({"registration_id": id, "exhibitor_id": exhibitor_id, "place": int(place), "named_at": SAID_AT})
    bulk.insert_rows(StaffBadge, staff)
    codes = [
        {
            "exhibitor_id": one.id,
            "code": guests.new_code(),
            "label": "Khách hàng thân thiết",
            "places": 10,
            "made_at": SAID_AT,
        }
        for one in exhibitors[:10]
    ]
    bulk.insert_rows(GuestCode, codes)

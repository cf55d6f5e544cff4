"""The run of show: who signs after whom, who stands where, and who is on the stage now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload, selectinload

from techfair.accounts.models import User
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem, CeremonyPerson
from techfair.agreements.models import Agreement, Party
from techfair.core import audit
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair

OUT_OF_THE_WAY = 100_000  # positions while an order is changed
SHOWABLE = ("frozen", "signing", "sealing", "completed", "amended", "terminated")


@dataclass(frozen=True)
class Person:
    """Somebody on the stage: ``part`` is signer, witness or guest."""

    name: str
    part: str = "signer"
    seat: str = ""


def make(fair: Fair, *, by: User | None, starts_at: datetime, **told: str) -> Ceremony:
    """Begin the run of show of a ceremony: title_vi, title_en, place_vi, place_en."""
    ceremony = Ceremony(fair_id=fair.id, starts_at=starts_at, **told)
    db.session.add(ceremony)
    audit.record("ceremony.made", ceremony, by=by, title=ceremony.title_vi)
    return ceremony


def change(ceremony: Ceremony, *, by: User, starts_at: datetime, **told: str) -> None:
    """Change title, place or start."""
    ceremony.starts_at = starts_at
    for name, value in told.items():
        setattr(ceremony, name, value)
    audit.record("ceremony.changed", ceremony, by=by)


def add(ceremony: Ceremony, agreements: Sequence[Agreement], *, by: User | None) -> None:
    """Put agreements at the end, each with its representatives as signers; one that is there already stays."""
    items = _held(ceremony)
    known, last = {one.agreement_id for one in items}, max((one.position for one in items), default=0)
    fresh = [one for one in agreements if one.id not in known]
    for position, agreement in enumerate(fresh, start=last + 1):
        seats = [chr(ord("A") + number) for number in range(len(agreement.parties))]
        people = [
            CeremonyPerson(place=place, name=party.representative or party.name_vi, part="signer", seat=seat)
            for place, (party, seat) in enumerate(zip(agreement.parties, seats, strict=True), start=1)
        ]
        db.session.add(
            CeremonyItem(ceremony_id=ceremony.id, agreement_id=agreement.id, position=position, people=people)
        )
    db.session.flush()
    audit.record("ceremony.added", ceremony, by=by, names=[one.number for one in fresh])


def reorder(ceremony: Ceremony, ids: Sequence[int], *, by: User) -> None:
    """Give the items this order; raises ChangedMeanwhile where they are no longer these."""
    items = {one.id: one for one in _held(ceremony)}
    if sorted(ids) != sorted(items):
        raise ChangedMeanwhile
    mine = update(CeremonyItem).where(CeremonyItem.ceremony_id == ceremony.id)
    db.session.execute(mine.values(position=CeremonyItem.position + OUT_OF_THE_WAY))
    for position, id in enumerate(ids, start=1):
        db.session.execute(update(CeremonyItem).where(CeremonyItem.id == id).values(position=position))
    db.session.expire_all()
    audit.record("ceremony.reordered", ceremony, by=by)


def move(item: CeremonyItem, steps: int, *, by: User) -> None:
    """Move an item so many places down, or up where ``steps`` is negative; at an end it stays."""
    ceremony = item.ceremony
    ids = [one.id for one in _held(ceremony)]
    place = ids.index(item.id)
    ids.insert(max(0, min(len(ids) - 1, place + steps)), ids.pop(place))
    reorder(ceremony, ids, by=by)


def remove(item: CeremonyItem, *, by: User) -> None:
    """Take a signing off the run of show; the agreement stays what it is."""
    ceremony = item.ceremony
    db.session.delete(item)
    db.session.flush()
    audit.record("ceremony.removed", ceremony, by=by, number=item.agreement.number)


def arrange(item: CeremonyItem, people: Sequence[Person], *, by: User, minutes: int, note: str) -> None:
    """Say who is on the stage for a signing, where, and how long it takes."""
    item.minutes, item.note = minutes, note
    item.people.clear()
    db.session.flush()
    item.people = [CeremonyPerson(place=place, **vars(one)) for place, one in enumerate(people, start=1)]
    audit.record("ceremony.arranged", item.ceremony, by=by, number=item.agreement.number)


def call_up(ceremony: Ceremony, item: CeremonyItem | None, *, by: User) -> None:
    """Say who is on the stage now; None: nobody."""
    number = item.agreement.number if item else ""
    _held(ceremony)
    mine = update(CeremonyItem).where(CeremonyItem.ceremony_id == ceremony.id)
    db.session.execute(mine.where(CeremonyItem.is_on_stage).values(is_on_stage=False))
    if item is not None:
        db.session.execute(mine.where(CeremonyItem.id == item.id).values(is_on_stage=True))
    audit.record("ceremony.called", ceremony, by=by, number=number)


def of_fair(fair: Fair) -> Sequence[tuple[Ceremony, int]]:
    """The ceremonies of a fair with the number of their signings, by time."""
    counted = select(Ceremony, func.count(CeremonyItem.id)).outerjoin(CeremonyItem)
    rows = counted.where(Ceremony.fair_id == fair.id).group_by(Ceremony.id).order_by(Ceremony.starts_at, Ceremony.id)
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def show_of(ceremony: Ceremony) -> list[tuple[datetime, CeremonyItem]]:
    """The signings in order with the time at which each begins."""
    at, shown = ceremony.starts_at, []
    for item in _loaded(CeremonyItem.ceremony_id == ceremony.id):
        shown.append((at, item))
        at += timedelta(minutes=item.minutes)
    return shown


def to_add(ceremony: Ceremony) -> Sequence[Agreement]:
    """Agreements of the fair whose text is settled and that no run of show has yet."""
    taken = select(CeremonyItem.agreement_id).join(Ceremony).where(Ceremony.fair_id == ceremony.fair_id)
    free = select(Agreement).where(Agreement.fair_id == ceremony.fair_id, Agreement.state.in_(SHOWABLE))
    free = free.where(Agreement.id.not_in(taken)).options(selectinload(Agreement.parties))
    return db.session.scalars(free.order_by(Agreement.number, Agreement.id)).all()


def _held(ceremony: Ceremony) -> Sequence[CeremonyItem]:
    """The items in order; until the commit nobody else changes them."""
    db.session.execute(select(Ceremony.id).filter_by(id=ceremony.id).with_for_update())
    mine = select(CeremonyItem).filter_by(ceremony_id=ceremony.id).order_by(CeremonyItem.position)
    return db.session.scalars(mine.execution_options(populate_existing=True)).all()


def _loaded(where: object) -> Sequence[CeremonyItem]:
    whole = (
        joinedload(CeremonyItem.ceremony),
        selectinload(CeremonyItem.people),
        joinedload(CeremonyItem.agreement).selectinload(Agreement.parties).selectinload(Party.signatures),
    )
    found = select(CeremonyItem).where(where).options(*whole).order_by(CeremonyItem.position)  # type: ignore[arg-type]
    return db.session.scalars(found).unique().all()

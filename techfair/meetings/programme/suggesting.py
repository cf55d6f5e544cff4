"""Whom a participant should meet, and why: what they seek against what others offer, and the other way round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.exhibitors.catalogue import crossing, reasons
from techfair.exhibitors.catalogue.crossing import Held
from techfair.exhibitors.catalogue.matching import NOBODY, Entry, Match
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import MeetingRequest, Participant
from techfair.meetings.programme import rules
from techfair.meetings.programme.models import MeetingProfile, NotInterested
from techfair.meetings.programme.seats import Seat
from techfair.visitors.models import Registration

SHOWN, MOST_PROFILES, MOST_WHYS = 12, 2000, 2
STANDING = ("sent", "accepted")
SPEAKS = {"terms", "sector"}  # one of these at least must speak for somebody who is suggested
Party = Exhibitor | Registration


@dataclass(frozen=True)
class Told:
    """What somebody wrote of themselves, with the names that a published record has."""

    summary_vi: str
    title_vi: str = ""
    title_en: str = ""

    @property
    def title(self) -> str:
        return self.summary_vi


@dataclass(frozen=True)
class Why:
    """One thing that they offer (or seek), what it answers on one's own side, and what both have in common."""

    is_offer: bool
    theirs: str
    mine: str
    reasons: Sequence[reasons.Reason]


@dataclass(frozen=True)
class Suggestion:
    """Somebody to meet: never with a figure, always with the reasons."""

    party: Party
    kind: str
    whys: Sequence[Why]

    @property
    def key(self) -> str:
        return key_of(self.party)

    @property
    def name(self) -> str:
        return name_of(self.party)

    @property
    def about(self) -> str:
        return "" if isinstance(self.party, Exhibitor) else self.party.organisation


def key_of(party: Party) -> str:
    """A party as addresses name it, whether it has ever taken part or not."""
    return f"{'e' if isinstance(party, Exhibitor) else 'r'}{party.id}"


def name_of(party: Party) -> str:
    return party.company.name if isinstance(party, Exhibitor) else party.full_name


def party_of(fair: Fair, key: str) -> Party | None:
    """The exhibitor of a fair, or the registered person who takes part in its meetings, whom an address names."""
    if not key[1:].isdecimal():
        return None
    if key[0] == "e":
        those = select(Exhibitor).filter_by(fair_id=fair.id, id=int(key[1:]), is_active=True)
        return db.session.scalars(those.options(joinedload(Exhibitor.company))).one_or_none()
    joined = select(Participant.registration_id).join(MeetingProfile, MeetingProfile.participant_id == Participant.id)
    joined = joined.where(MeetingProfile.left_at.is_(None))
    people = select(Registration).filter_by(fair_id=fair.id, id=int(key[1:]), state="confirmed")
    return db.session.scalars(people.where(Registration.id.in_(joined))).one_or_none() if key[0] == "r" else None


def of_seat(seat: Seat, most: int = SHOWN) -> list[Suggestion]:
    """Whom to meet, the best first; nobody whom one asked already, who left, or whom one does not wish to meet."""
    profiles = _profiles(seat.fair)
    own_id = seat.participant.id if seat.participant else 0
    others = [one for one in profiles.values() if one.participant_id != own_id and one.left_at is None]
    mine = _held(seat)
    offers = crossing.offers_for(mine, seat.fair, _texts("technology", others))
    needs = crossing.needs_for(mine, seat.fair, _texts("need", others))
    best = sorted([*((m, True) for m in offers), *((m, False) for m in needs)], key=lambda one: -one[0].fit.score)
    ranked = _by_party(best, _Parties(seat, profiles))
    records = _records(match for _, whys in ranked[: most * 2] for match, _ in whys)
    told = [
        Suggestion(party, kind, [_why(match, is_offer, records, profiles) for match, is_offer in whys])
        for (party, kind), whys in ranked[: most * 2]
    ]
    return [one for one in told if any(SPEAKS & {reason.kind for reason in why.reasons} for why in one.whys)][:most]


def _profiles(fair: Fair) -> dict[int, MeetingProfile]:
    """What everyone says who ever joined, by participant."""
    said = select(MeetingProfile).join(MeetingProfile.participant).where(Participant.fair_id == fair.id)
    said = said.options(joinedload(MeetingProfile.participant)).order_by(MeetingProfile.joined_at.desc())
    return {profile.participant_id: profile for profile in db.session.scalars(said.limit(MOST_PROFILES))}


def _held(seat: Seat) -> Held:
    """The seat's own needs and offers: its company's records, and what it wrote."""
    records = crossing.of_company(seat.party.company_id) if isinstance(seat.party, Exhibitor) else Held([], [], NOBODY)
    said = [seat.profile] if seat.profile else []
    needs, offers = _texts("need", said), _texts("technology", said)
    return Held([*records.needs, *needs], [*records.offers, *offers], records.company)


def _texts(kind: str, profiles: Iterable[MeetingProfile]) -> list[Entry]:
    """What participants wrote, as entries below nought by participant."""
    said = [
        (one.participant_id, one.seeks, one.seek_sectors)
        if kind == "need"
        else (one.participant_id, one.offers, one.offer_sectors)
        for one in profiles
    ]
    return [crossing.of_text(kind, -id, text, keys) for id, text, keys in said if text or keys]


class _Parties:
    """To whom an entry belongs, and what they are; those who are not to be suggested are nobody."""

    def __init__(self, seat: Seat, profiles: Mapping[int, MeetingProfile]) -> None:
        self.profiles = profiles
        here = select(Exhibitor).filter_by(fair_id=seat.fair.id, is_active=True)
        exhibitors = db.session.scalars(here.options(joinedload(Exhibitor.company))).all()
        away_exhibitors, away_people = _away(seat.participant)
        left = {one.participant.exhibitor_id for one in profiles.values() if one.left_at}
        own = {seat.party.id} if isinstance(seat.party, Exhibitor) else set()
        fit = [one for one in exhibitors if one.id not in away_exhibitors | left | own]
        self.by_company = {one.company_id: one for one in fit}
        self.by_id = {one.id: one for one in fit}
        self.away_people, self.apart = away_people, set(rules.of_fair(seat.fair).apart)
        self.kind = rules.kind_of(seat.party, seat.profile)
        wanted = {p.participant.registration_id for p in profiles.values() if p.participant.registration_id}
        people = select(Registration).where(Registration.id.in_(wanted), Registration.state == "confirmed")
        self.people = {person.id: person for person in db.session.scalars(people)}

    def of(self, entry: Entry) -> tuple[Party, str] | None:
        party, kind = self._owner(entry)
        if party is None or rules.pair_of_kinds(self.kind, kind) in self.apart:
            return None
        return party, kind

    def _owner(self, entry: Entry) -> tuple[Party | None, str]:
        if entry["id"] > 0:
            return self.by_company.get(entry["company_id"]), "exhibitor"
        profile = self.profiles[-entry["id"]]
        if profile.participant.exhibitor_id:
            return self.by_id.get(profile.participant.exhibitor_id), "exhibitor"
        person = self.people.get(profile.participant.registration_id or 0)
        return (None if person is None or person.id in self.away_people else person), profile.kind


def _away(me: Participant | None) -> tuple[set[int], set[int]]:
    """Exhibitors and people with whom there is a request already, or of whom one does not wish to meet the other."""
    if me is None:
        return set(), set()
    those = select(Participant.exhibitor_id, Participant.registration_id)
    standing = MeetingRequest.state.in_(STANDING)
    ids = (
        select(MeetingRequest.to_id)
        .where(MeetingRequest.from_id == me.id, standing)
        .union(
            select(MeetingRequest.from_id).where(MeetingRequest.to_id == me.id, standing),
            select(NotInterested.other_id).where(NotInterested.participant_id == me.id),
            select(NotInterested.participant_id).where(NotInterested.other_id == me.id),
        )
    )
    rows = db.session.execute(those.where(Participant.id.in_(ids))).all()
    return {row[0] for row in rows if row[0]}, {row[1] for row in rows if row[1]}


Ranked = list[tuple[tuple[Party, str], list[tuple[Match, bool]]]]


def _by_party(best: Iterable[tuple[Match, bool]], parties: _Parties) -> Ranked:
    """The best of what speaks for each party, the parties in the order of their best."""
    found: dict[tuple[Party, str], list[tuple[Match, bool]]] = {}
    for match, is_offer in best:
        theirs = match.offer if is_offer else match.need
        owner = parties.of(theirs)
        whys = found.setdefault(owner, []) if owner else None
        told = {(side["id"], side["kind"]) for one, was in whys or () for side in (one.offer if was else one.need,)}
        if whys is not None and len(whys) < MOST_WHYS and (theirs["id"], theirs["kind"]) not in told:
            whys.append((match, is_offer))
    return list(found.items())


def _records(matches: Iterable[Match]) -> dict[tuple[str, int], Any]:
    """The published records of both sides, by kind and id."""
    sides = [side for match in matches for side in (match.need, match.offer) if side["id"] > 0]
    found: dict[tuple[str, int], Any] = {}
    for kind, model in (("technology", Technology), ("need", Need)):
        ids = {side["record_id"] for side in sides if side["kind"] == kind}
        those: Any = select(model).where(model.id.in_(ids)).options(joinedload(model.company))  # type: ignore[attr-defined]
        rows = db.session.scalars(those)
        found |= {(kind, row.id): row for row in rows}
    return found


def _why(match: Match, is_offer: bool, records: Mapping[Any, Any], profiles: Mapping[int, MeetingProfile]) -> Why:
    need, offer = _told(match.need, records, profiles), _told(match.offer, records, profiles)
    shown, own = (offer, need) if is_offer else (need, offer)
    spoken = [reason for reason in reasons.of_match(match, need, offer, shown) if reason.kind != "language"]
    return Why(is_offer, shown.title, own.title, spoken)


def _told(entry: Entry, records: Mapping[Any, Any], profiles: Mapping[int, MeetingProfile]) -> Any:
    if entry["id"] > 0:
        return records[entry["kind"], entry["record_id"]]
    profile = profiles[-entry["id"]]
    return Told(profile.seeks if entry["kind"] == "need" else profile.offers)

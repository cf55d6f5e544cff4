"""Badges: the credential of a registration, its signed token, its picture, and its end.

A badge's token is made when needed: Ed25519 signs the same bytes the same way, so nothing of it is stored, but for
one that another server of the fair signed, whose key stays there.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeGuard

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, bindparam, func, select

from techfair.core import audit, clock, qr
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.many_rows import among
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.keys import StoredKey
from techfair.fairs.models import Fair, FairKey
from techfair.visitors import tokens
from techfair.visitors.kind_days.models import KindDays
from techfair.visitors.known_devices import KnownFair
from techfair.visitors.models import KINDS, Badge, Registration
from techfair.visitors.read_code import read_code
from techfair.visitors.rules import CodeFound, KnownBadge
from techfair.visitors.signups.models import SignUp
from techfair.visitors.tokens import BadgePayload, TokenRefused

RANGE = 10_000_000  # badge numbers of one server: two that do not hear each other never give the same one
HIGHEST = 16 * RANGE  # a token has four bits for the number of the server's key
REMEMBERED = 16_384  # codes whose signature holds, in each process: half a kilobyte each
VERSION, MASK = 6, 0  # of the QR code; naming the mask makes ten thousand codes ten times faster


class ReasonMissing(TechfairError):
    code, status = "reason_missing", 422
    message = _l("Say why. The reason stays with the badge.")


def issue(registration: Registration, reprint: int = 0) -> Badge:
    """The registration's valid badge: the one it has, else a new one with the fair's next number.

    Of several at once the database lets one take a number, and one be valid; the others ask again.
    """
    while True:
        if badge := valid_badge(registration):
            return badge
        key_number, number = _next_number(registration.fair_id)
        row = _row(registration.fair_id, registration.id, registration.kind, key_number, number, reprint)
        insert_new(Badge, [row], returning=Badge.id)


def issue_all(fair: Fair, kinds: Mapping[int, str]) -> None:
    """First badges for many registrations, given by id with their kinds, in a few statements."""
    waiting = dict(kinds)
    while waiting:
        key_number, start = _next_number(fair.id)
        rows = [_row(fair.id, id, kind, key_number, start + index) for index, (id, kind) in enumerate(waiting.items())]
        for id in insert_new(Badge, rows, returning=Badge.registration_id):
            del waiting[id]


def _row(
    fair_id: int, registration_id: int, kind: str, key_number: int, number: int, reprint: int = 0
) -> dict[str, Any]:
    return {
        "fair_id": fair_id,
        "registration_id": registration_id,
        "number": number,
        "kind": kind,
        "reprint": reprint,
        "key_number": key_number,
        "state": "issued",
        "reason": "",
        "issued_at": clock.now(),
    }


def valid_badge(registration: Registration) -> Badge | None:
    return db.session.scalars(select(Badge).filter_by(registration_id=registration.id, state="issued")).one_or_none()


def replace(badge: Badge, by: Any) -> Badge:
    """A new badge instead of a lost or changed one; the old token opens no gate from now on."""
    registration = db.session.get_one(Registration, badge.registration_id)
    end(badge, "replaced")
    new = issue(registration, reprint=badge.reprint + 1)
    audit.record("badge.replaced", badge, by=by, number=badge.number, new_number=new.number)
    return new


def revoke(badge: Badge, by: Any, reason: str) -> None:
    """Make a badge void for good; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    end(badge, "revoked")
    badge.reason = reason.strip()
    audit.record("badge.revoked", badge, by=by, number=badge.number, reason=badge.reason)


def end(badge: Badge, state: str) -> None:
    """Let a badge open no gate from now on; whoever ends it says why in the audit log."""
    badge.move_to(state)
    badge.ended_at = clock.now()
    db.session.flush()


def _next_number(fair_id: int) -> tuple[int, int]:
    """The key with which this server signs, and the next number of its range; one statement."""
    start = FairKey.number * RANGE
    given = select(Badge.number).where(Badge.fair_id == fair_id, Badge.number > start, Badge.number <= start + RANGE)
    highest = given.order_by(Badge.number.desc()).limit(1).correlate(FairKey).scalar_subquery()
    own = select(FairKey.number, func.coalesce(highest, start) + 1).where(FairKey.fair_id == fair_id, keys.IS_OWN)
    key_number, number = db.session.execute(own).one()
    return key_number, number


def token(badge: Badge, fair: Fair, key: Ed25519PrivateKey | None = None) -> str:
    """The signed token; whoever makes many hands over the key, which else is unsealed each time."""
    if badge.signed_elsewhere:
        return badge.signed_elsewhere
    payload = BadgePayload(fair.number, badge.number, KINDS.index(badge.kind), badge.reprint, badge.key_number)
    return tokens.sign(key or keys.private(fair), payload)


def address(badge: Badge, fair: Fair, key: Ed25519PrivateKey | None = None) -> str:
    """What the badge's QR code says: an address on this server, in capitals so that the code stays small."""
    return qr.badge_url(current_app.config["BADGE_URL"], token(badge, fair, key))


def as_svg(badge: Badge, fair: Fair, title: str) -> str:
    return qr.as_svg(address(badge, fair), title=title, version=VERSION, mask=MASK)


def as_png(badge: Badge, fair: Fair, scale: int = 12) -> bytes:
    return qr.as_png(address(badge, fair), scale=scale, version=VERSION, mask=MASK)


def find(fair: Fair | KnownFair, codes: Iterable[str], activities: Iterable[int | None] = ()) -> dict[str, CodeFound]:
    """Which badge of the fair each code belongs to, in one statement; a code of another fair or none says so.

    With ``activities`` each badge also says whether it has a seat there or waits for one.
    """
    claims = {code: claimed(code) for code in set(codes)}
    numbers = {claim.badge for claim in claims.values() if _is_of(claim, fair)}
    known = _known_badges(fair.id, numbers, {id for id in activities if id}) if numbers else {}
    return {code: judged(code, claim, fair, known) for code, claim in claims.items()}


def claimed(code: str) -> BadgePayload | CodeFound:
    """What a code says of itself without any proof, or why it is no code of a badge."""
    try:
        claim = tokens.claimed(read_code(code).token)
    except TokenRefused as refused:
        return CodeFound(reason=refused.reason)
    # Anyone can write down a number that no server gives, and that PostgreSQL would not even look for.
    return claim if claim.badge <= HIGHEST else CodeFound(reason="unknown_code")


def judged(
    code: str,
    claim: BadgePayload | CodeFound,
    fair: Fair | KnownFair,
    known: Mapping[int, tuple[KnownBadge, StoredKey]],
) -> CodeFound:
    """Which badge a code is to this fair, of those ``known`` by number with the keys that they are under."""
    if isinstance(claim, CodeFound):
        return claim
    return _proven(code, claim, known) if _is_of(claim, fair) else CodeFound(reason="other_fair")


def _is_of(claim: BadgePayload | CodeFound, fair: Fair | KnownFair) -> TypeGuard[BadgePayload]:
    return isinstance(claim, BadgePayload) and claim.fair == fair.number


def _proven(code: str, payload: BadgePayload, known: Mapping[int, tuple[KnownBadge, StoredKey]]) -> CodeFound:
    """The badge that the payload names, if the signature holds under that badge's own key."""
    if payload.badge not in known:
        return CodeFound(reason="unknown_code")
    badge, key = known[payload.badge]
    try:
        _verify(key, code)
    except TokenRefused as refused:
        return CodeFound(reason=refused.reason)
    return CodeFound(badge)


@lru_cache(maxsize=REMEMBERED)
def _verify(key: StoredKey, code: str) -> None:
    """Raise TokenRefused unless the key signed the code's token; that never changes, so what held once holds.

    Whether the badge still opens anything is another question, which the database is asked each time. A refusal is
    not remembered, so nobody fills the memory with codes of their own making.
    """
    token = read_code(code).token
    if own := keys.opened(key.sealed_private):
        tokens.recognise(own, token)
    else:
        tokens.verify(Ed25519PublicKey.from_public_bytes(key.public), token)


@cache
def _badges_by_number(dialect: str) -> Select[*tuple[Any, ...]]:
    """Made once, for each scan asks it."""
    of_badge = (Badge.id, Badge.registration_id, Badge.number, Badge.kind, Badge.state)
    of_person = (Registration.state, Registration.full_name, Registration.organisation, Registration.days)
    signed_by = (FairKey.fair_id == Badge.fair_id) & (FairKey.number == Badge.key_number)
    of_kind = (KindDays.fair_id == Badge.fair_id) & (KindDays.kind == Badge.kind)
    read = select(*of_badge, *of_person, KindDays.days, FairKey.public_key, FairKey.sealed_private_key)
    of_fair = read.join(Registration, Registration.id == Badge.registration_id).join(FairKey, signed_by)
    joined = of_fair.outerjoin(KindDays, of_kind)
    return joined.where(Badge.fair_id == bindparam("fair_id"), among(Badge.number, "numbers", dialect))


@cache
def _seated_badges(dialect: str) -> Select[*tuple[Any, ...]]:
    """The same, with a row for each of the activities at which the badge has a seat or waits for one."""
    seat = (SignUp.registration_id == Badge.registration_id) & among(SignUp.activity_id, "activities", dialect)
    read = _badges_by_number(dialect).add_columns(SignUp.activity_id, SignUp.state.label("seat"))
    return read.outerjoin(SignUp, seat & (SignUp.state != "left"))


def known(fair: Fair, numbers: Iterable[int], activities: Iterable[int | None] = ()) -> dict[int, KnownBadge]:
    """The fair's badges of these numbers, as gates need to know them; one statement."""
    wanted = set(numbers)
    found = _known_badges(fair.id, wanted, {id for id in activities if id}) if wanted else {}
    return {number: badge for number, (badge, _key) in found.items()}


def _known_badges(
    fair_id: int, numbers: Iterable[int], activities: Collection[int]
) -> dict[int, tuple[KnownBadge, StoredKey]]:
    asked, dialect = {"fair_id": fair_id, "numbers": list(numbers)}, db.engine.dialect.name
    if not activities:
        rows = db.session.connection().execute(_badges_by_number(dialect), asked)
        return {row.number: (KnownBadge(*row[:-2]), StoredKey(*row[-2:])) for row in rows}
    known: dict[int, tuple[KnownBadge, StoredKey]] = {}
    seats: dict[int, dict[int, str]] = {}
    seated = db.session.execute(_seated_badges(dialect), asked | {"activities": list(activities)})
    for *badge, public, sealed_private, activity_id, seat in seated:
        held = seats.setdefault(badge[0], {})
        if activity_id:
            held[activity_id] = seat
        known[badge[2]] = dataclasses.replace(KnownBadge(*badge), seats=held), StoredKey(public, sealed_private)
    return known

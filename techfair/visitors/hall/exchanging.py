"""The hall server's side of an exchange, and how it joins the central server in the first place."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import audit, clock, migrating, sealed
from techfair.core.database import looking
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors.hall import people, plan, records
from techfair.visitors.hall.cursors import PEOPLE_SETTLE, SCANS_SETTLE, Cursor
from techfair.visitors.hall.models import HallLink
from techfair.visitors.hall.schemas import MOST, Exchange, ExchangeAnswer, HallJoin, HallJoined

PATIENCE = 30  # seconds for one message
TROUBLES = ("no_link", "revoked", "versions_differ", "refused")


class AlreadyInUse(TechfairError):
    code, status = "already_in_use", 409
    message = _l("This instance has fairs already. A hall server begins with an empty instance folder.")


class NotSafe(TechfairError):
    code, status = "not_safe", 422
    message = _l("The central server's address must begin with https.")


class NotJoined(TechfairError):
    code, status = "not_joined", 409
    message = _l("This server has not joined a central server: run techfair hall join first.")


class ExchangeFailed(TechfairError):
    """The central server did not answer, or refused; ``trouble`` is one of TROUBLES."""

    code, status = "exchange_failed", 503

    def __init__(self, trouble: str, message: Any) -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(frozen=True)
class Progress:
    """How far the two have come with each other, as the link keeps it."""

    plan_digest: str
    people_taken: Cursor
    scans_taken: Cursor
    people_sent: Cursor
    scans_sent: Cursor
    counts_sent: Cursor

    @classmethod
    def of(cls, link: HallLink) -> "Progress":
        cursors = {name: Cursor.read(getattr(link, name)) for name in cls.__annotations__ if name != "plan_digest"}
        return cls(plan_digest=link.plan_digest, **cursors)

    def rewound(self) -> "Progress":
        """Where the next exchange begins with what this server sends; the central one says so of its own."""
        return replace(
            self,
            people_sent=self.people_sent.rewound(PEOPLE_SETTLE),
            scans_sent=self.scans_sent.rewound(SCANS_SETTLE),
            counts_sent=self.counts_sent.rewound(SCANS_SETTLE),
        )


@dataclass
class Exchanged:
    """What went over in one exchange."""

    sent: int = 0
    taken: int = 0


def join(central: str, slug: str, code: str) -> HallLink:
    """Become a hall server of the fair at the central server's address.

    Raises AlreadyInUse, NotSafe, ExchangeFailed.
    """
    central = central.rstrip("/")
    if urlsplit(central).scheme != "https" and urlsplit(central).hostname not in {"127.0.0.1", "localhost"}:
        raise NotSafe
    if db.session.scalar(select(Fair.id).limit(1)) is not None:
        raise AlreadyInUse
    db.session.rollback()
    key = Ed25519PrivateKey.generate()
    given = HallJoin(code=code, version=migrating.newest(), public_key=key.public_key().public_bytes_raw().hex())
    told = HallJoined.model_validate(_post(f"{_api(central, slug)}/join", given))
    plan.keep(told.plan)
    fair = db.session.scalars(select(Fair)).one()
    keys.hold(fair, told.number, key)
    link = HallLink(fair=fair, central=central, number=told.number)
    link.sealed_token, link.plan_digest = sealed.seal(told.token.encode()), told.plan_digest
    link.badge_address = told.address
    db.session.add(link)
    audit.record("hall_server.linked", link, by=None, central=central)
    return link


def link() -> HallLink | None:
    """Whom this hall server exchanges with."""
    return db.session.scalars(select(HallLink).options(joinedload(HallLink.fair))).one_or_none()


def joined() -> HallLink:
    """Whom this hall server exchanges with; raises NotJoined."""
    if known := link():
        return known
    raise NotJoined


def exchange() -> Exchanged:
    """Send and take everything, message by message, each taken in one transaction; commits.

    Begins again with the last moments before, so that nothing is missed. Raises NotJoined, ExchangeFailed
    (which the link remembers).
    """
    done, progress, is_first, is_all = Exchanged(), _begin(), True, False
    try:
        while not is_all:
            with looking():
                message, after = _message(progress, is_first)
            answer = _send(message)
            progress, is_first = _take(answer, after), False
            is_all = answer.is_all and not message.waiting
            done.sent += len(message.people) + len(message.scans) + len(message.counts)
            done.taken += len(answer.people) + len(answer.scans)
    except ExchangeFailed as failure:
        _remember(tried_at=clock.now(), trouble=failure.trouble)
        raise
    _remember(tried_at=clock.now(), exchanged_at=clock.now(), trouble="")
    return done


def waiting(link: HallLink) -> int:
    """How many rows the central server has not got yet."""
    return _waiting(link.fair, link.number, Progress.of(link))


def _begin() -> Progress:
    with looking():
        return Progress.of(joined()).rewound()


def _message(progress: Progress, is_first: bool) -> tuple[Exchange, Progress]:
    """The next message, and how far both are once it is answered."""
    known = joined()
    fair = known.fair
    news, people_sent = people.changed(fair, progress.people_sent, MOST, only_of=known.number)
    scans, scans_sent = records.scans(fair, progress.scans_sent, MOST, only_own=True)
    counts, counts_sent = records.counts(fair, progress.counts_sent, MOST)
    after = replace(progress, people_sent=people_sent, scans_sent=scans_sent, counts_sent=counts_sent)
    message = Exchange(
        version=migrating.newest(),
        sent_at=clock.now(),
        is_first=is_first,
        plan_digest=progress.plan_digest,
        people_taken=str(progress.people_taken),
        scans_taken=str(progress.scans_taken),
        waiting=_waiting(fair, known.number, after),
        devices=records.devices_told(fair),
        people=news,
        scans=scans,
        counts=counts,
    )
    return message, after


def _waiting(fair: Fair, number: int, progress: Progress) -> int:
    return people.count_changed(fair, progress.people_sent, number) + records.count_scans(fair, progress.scans_sent)


def _send(message: Exchange) -> ExchangeAnswer:
    with looking():
        known = joined()
        address, token = f"{_api(known.central, known.fair.slug)}/exchange", sealed.unseal(known.sealed_token).decode()
    return ExchangeAnswer.model_validate(_post(address, message, token))


def _take(answer: ExchangeAnswer, after: Progress) -> Progress:
    """Keep what was answered and how far we are, both or neither."""
    if answer.plan is not None:
        plan.keep(answer.plan)
    known = joined()
    ahead = answer.at - clock.now()
    records.take_devices(known.fair, answer.devices, may_regrant=True)
    people.take_over(known.fair, answer.people)
    records.take_scans(known.fair, answer.scans, ahead)
    progress = replace(
        after,
        plan_digest=answer.plan_digest,
        people_taken=Cursor.read(answer.people_taken),
        scans_taken=Cursor.read(answer.scans_taken),
    )
    for name, value in vars(progress).items():
        setattr(known, name, str(value))
    db.session.commit()
    return progress


def _remember(**values: Any) -> None:
    db.session.rollback()
    known = joined()
    for name, value in values.items():
        setattr(known, name, value)
    db.session.commit()


def _api(central: str, slug: str) -> str:
    return f"{central}/api/v1/fairs/{quote(slug)}/hall"


def _post(address: str, body: BaseModel, token: str = "") -> Any:
    """The JSON answer to a JSON message; raises ExchangeFailed."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(address, body.model_dump_json().encode(), headers)  # noqa: S310  # https, see join
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        raise _refusal(refusal) from refusal
    except (OSError, ValueError) as nothing:  # no route, a time-out, a certificate, a page of somebody else
        raise ExchangeFailed("no_link", _l("The central server does not answer.")) from nothing


def _refusal(refusal: urllib.error.HTTPError) -> ExchangeFailed:
    try:
        told = json.load(refusal)
    except ValueError:
        told = {}
    trouble = {"hall_revoked": "revoked", "versions_differ": "versions_differ"}.get(told.get("code", ""), "refused")
    if refusal.code >= 500:
        trouble = "no_link"
    return ExchangeFailed(trouble, told.get("title") or _l("The central server does not answer."))

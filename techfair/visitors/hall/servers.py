"""The central server's side of who its hall servers are: invited by a code, known by a token, revocable at once."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import Authorization

from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair, FairKey
from techfair.visitors.devices import JOIN_SIGNS
from techfair.visitors.hall.models import MOST, HallServer

JOINS_WITHIN = timedelta(hours=24)  # the laptop may stand in another town
JOIN_LENGTH = 16


class TooManyHalls(TechfairError):
    code, status, message = "too_many_halls", 409, _l("A fair has at most 15 hall servers in its life.")


class HallCodeUnknown(TechfairError):
    code, status = "hall_code_unknown", 404
    message = _l("This code joins no hall server: it is mistyped, used already, or older than a day.")


class HallUnknown(TechfairError):
    code, status, message = "hall_unknown", 401, _l("This hall server's token does not open this fair.")


class HallRevoked(TechfairError):
    code, status, message = "hall_revoked", 403, _l("The organizer has ended this hall server's exchange.")


def invite(fair: Fair, name: str, by: Any) -> tuple[HallServer, str]:
    """A hall server that may join once within a day, and its code, which is kept nowhere here. Raises TooManyHalls."""
    highest = db.session.scalar(select(func.max(FairKey.number)).filter_by(fair_id=fair.id)) or 0
    last = db.session.scalar(select(func.max(HallServer.number)).filter_by(fair_id=fair.id)) or 0
    number = max(highest, last) + 1
    if number > MOST:
        raise TooManyHalls
    code = "".join(secrets.choice(JOIN_SIGNS) for _ in range(JOIN_LENGTH))
    server = HallServer(
        fair_id=fair.id, number=number, name=name, join_digest=_digest(code), join_until=clock.now() + JOINS_WITHIN
    )
    db.session.add(server)
    audit.record("hall_server.invited", server, by=by, name=name)
    return server, code


def join(slug: str, code: str, public_key: bytes) -> tuple[HallServer, str]:
    """The hall server of a code, its token, its key known from now on. Raises HallCodeUnknown."""
    typed = "".join(sign for sign in code.upper() if sign in JOIN_SIGNS)
    invited = select(HallServer).join(Fair).where(Fair.slug == slug, HallServer.join_digest == _digest(typed))
    server = db.session.scalars(
        invited.options(joinedload(HallServer.fair)).with_for_update(of=HallServer)
    ).one_or_none()
    if server is None or not server.may_join:
        raise HallCodeUnknown
    token = secrets.token_urlsafe(32)
    server.token_digest, server.join_digest, server.join_until = _digest(token), None, None
    keys.know(server.fair, server.number, public_key)
    audit.record("hall_server.joined", server, by=None, name=server.name)
    return server, token


def authenticate(authorization: Authorization | None, slug: str) -> HallServer:
    """The hall server of a Bearer token, with its fair. Raises HallUnknown, HallRevoked."""
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise HallUnknown
    known = select(HallServer).join(Fair).where(Fair.slug == slug).options(joinedload(HallServer.fair))
    server = db.session.scalars(known.filter(HallServer.token_digest == _digest(authorization.token))).one_or_none()
    if server is None:
        raise HallUnknown
    if server.revoked_at:
        raise HallRevoked
    return server


def revoke(server: HallServer, by: Any) -> None:
    """From now on nothing is exchanged with it; badges that it issued stay valid. A second time changes nothing."""
    if server.revoked_at is None:
        server.revoked_at, server.join_digest, server.join_until = clock.now(), None, None
        audit.record("hall_server.revoked", server, by=by, name=server.name)


def of_fair(fair: Fair) -> list[HallServer]:
    """The fair's hall servers, those in use first."""
    in_order = select(HallServer).filter_by(fair_id=fair.id)
    return list(db.session.scalars(in_order.order_by(HallServer.revoked_at.is_not(None), HallServer.number)))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

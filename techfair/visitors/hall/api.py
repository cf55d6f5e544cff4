"""The interface between a fair's servers: a hall server joins by a code, then exchanges."""

from apiflask import APIBlueprint
from flask import request

from techfair.core import access
from techfair.extensions import csrf, db, limiter
from techfair.visitors.hall import answering, servers
from techfair.visitors.hall.schemas import Exchange, ExchangeAnswer, HallJoin, HallJoined

bp = APIBlueprint("hall_api", __name__, url_prefix="/api/v1/fairs/<slug>/hall", tag="Hall servers")
access.by_token(bp)
csrf.exempt(bp)  # a hall server's token is sent on purpose, never by a browser on its own


@bp.post("/join")
@limiter.limit("20 per minute")
@bp.input(HallJoin, arg_name="given")
@bp.output(HallJoined)
@bp.doc(summary="Join as a hall server", responses={404: "No such code", 409: "Another version"})
def join(slug: str, given: HallJoin) -> HallJoined:
    """Become a hall server of the fair by the code on the organizer's screen; each code joins one server."""
    answering.want_version(given.version)
    server, token = servers.join(slug, given.code, bytes.fromhex(given.public_key))
    joined = answering.welcome(server, token)
    db.session.commit()
    return joined


@bp.post("/exchange")
@bp.input(Exchange, arg_name="sent")
@bp.output(ExchangeAnswer)
@bp.doc(
    summary="Exchange with a hall server",
    security="device",
    responses={401: "No such hall server", 403: "Hall server revoked", 409: "Another version"},
)
def exchange(slug: str, sent: Exchange) -> ExchangeAnswer:
    """Take what happened in the hall, answer the next part of what is new; sending the same again changes nothing."""
    answer = answering.exchange(servers.authenticate(request.authorization, slug), sent)
    db.session.commit()
    return answer

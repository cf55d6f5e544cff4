"""The central server's side of an exchange: take what a hall server sends, answer what it does not know yet."""

from flask import current_app
from flask_babel import lazy_gettext as _l

from techfair.core import clock, migrating
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.visitors.hall import people, plan, records
from techfair.visitors.hall.cursors import PEOPLE_SETTLE, SCANS_SETTLE, Cursor
from techfair.visitors.hall.models import HallServer
from techfair.visitors.hall.schemas import MOST, Exchange, ExchangeAnswer, HallJoined


class VersionsDiffer(TechfairError):
    code, status = "versions_differ", 409
    message = _l("The hall server runs another version of the program than the central server.")


def want_version(version: str) -> None:
    """Raise VersionsDiffer where the other server's tables are not like ours."""
    if version != migrating.newest():
        raise VersionsDiffer


def welcome(server: HallServer, token: str) -> HallJoined:
    """What a hall server is told when it joins."""
    told = plan.rows(server.fair)
    address = current_app.config["BADGE_URL"]
    return HallJoined(token=token, number=server.number, address=address, plan=told, plan_digest=plan.digest(told))


def exchange(server: HallServer, sent: Exchange) -> ExchangeAnswer:
    """Take what comes, in the order in which one thing rests on the other; answer the next part of what is new."""
    want_version(sent.version)
    fair, ahead = server.fair, sent.sent_at - clock.now()
    records.take_devices(fair, sent.devices, may_regrant=False)
    people.accept(fair, sent.people, f"hall: {server.name}")
    records.take_scans(fair, sent.scans, ahead)
    records.take_counts(fair, sent.counts, ahead)
    server.last_contact_at, server.waiting = clock.now(), sent.waiting
    db.session.flush()
    told = plan.rows(fair)
    digest = plan.digest(told)
    people_after, scans_after = Cursor.read(sent.people_taken), Cursor.read(sent.scans_taken)
    if sent.is_first:
        people_after, scans_after = people_after.rewound(PEOPLE_SETTLE), scans_after.rewound(SCANS_SETTLE)
    news, people_taken = people.changed(fair, people_after, MOST)
    scans, scans_taken = records.scans(fair, scans_after, MOST, only_own=False)
    return ExchangeAnswer(
        at=clock.now(),
        plan=None if digest == sent.plan_digest else told,
        plan_digest=digest,
        devices=records.devices_told(fair),
        people=news,
        people_taken=str(people_taken),
        scans=scans,
        scans_taken=str(scans_taken),
        is_all=len(news) < MOST and len(scans) < MOST,
    )

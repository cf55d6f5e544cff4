"""Visitors who ask to see what a technology keeps back: known by their own link, told by mail, forgotten on erasure."""

from typing import Any

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from techfair.core import access
from techfair.exhibitors.disclosure import deeds, readers
from techfair.exhibitors.disclosure.models import DisclosureRequest
from techfair.exhibitors.disclosure.readers import Kind, Reader
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import own
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored

bp = access.by_token(Blueprint("visitor_disclosures", __name__))
KIND = "registration"
erasing.letters("disclosure_granted", "disclosure_declined", "disclosure_revoked")
erasing.letters_about("disclosure_asked")


@bp.get("/me/disclosures")
def mine() -> ResponseReturnValue:
    """Where a mailed link leads: to the person's requests."""
    own.current_registration()
    return redirect(readers.MY_REQUESTS, 303)


def _reader(person: Registration) -> Reader:
    fair = db.session.get_one(Fair, person.fair_id)

    def link() -> str:
        return own.address(person, then="/me/disclosures")

    key = f"{KIND}:{person.id}"
    return Reader(key, person.full_name, person.organisation, person.email or "", person.language, link, fair)


def _present() -> Reader | None:
    person = own.known_registration()
    return _reader(person) if person is not None and person.state == "confirmed" else None


def _known(id: int) -> Reader | None:
    person = db.session.get(Registration, id)
    return _reader(person) if person is not None and person.erased_at is None else None


readers.register(KIND, Kind(_present, _known))


def _of(ids: list[int]) -> list[DisclosureRequest]:
    keys = [f"{KIND}:{id}" for id in ids]
    mine = select(DisclosureRequest).where(DisclosureRequest.asker.in_(keys)).order_by(DisclosureRequest.id)
    return list(db.session.scalars(mine))


@registrations_merged.connect
def follow(kept: Registration, other: Registration, **_: Any) -> None:
    """Hand the requests to the registration that stays; of two open ones for a technology its own stays open."""
    open_ones = {one.technology_id for one in _of([kept.id]) if one.state in {"asked", "granted"}}
    for request in _of([other.id]):
        if request.state in {"asked", "granted"} and request.technology_id in open_ones:
            deeds.withdraw(request)
        request.asker = f"{KIND}:{kept.id}"
    db.session.flush()


@erasing.registration_erased.connect
def forget(registration: Registration, ids: list[int], **_: Any) -> None:
    """End what is open and take the person out of it. What was signed is a document of two and stays as it is."""
    for request in _of(ids):
        if request.state in {"asked", "granted"}:
            deeds.withdraw(request)
        request.name, request.organisation, request.purpose = erasing.NAMELESS, "", ""


@stored.section("disclosure_requests")
def asked(ids: list[int]) -> list[dict[str, Any]]:
    """The person's requests to see what technologies keep back."""
    return [
        {
            "asked_at": request.asked_at.isoformat(),
            "state": request.state,
            "purpose": request.purpose,
            "reason": request.reason,
        }
        for request in _of(ids)
    ]

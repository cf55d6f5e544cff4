"""Moving to another e-mail address: confirmed from the new one, told to the old one; the badge stays as it is."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core import audit, links, mail
from techfair.core.errors import TechfairError
from techfair.core.mail_addresses import MailAddress, parse_mail_address
from techfair.core.refusal import InputRefused
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import telling
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing

PURPOSE, LINK_DAYS = "registration address", 2.0

erasing.letters("registration_address", "registration_moved")


class AddressRefused(InputRefused):
    """An address to which the registration cannot move."""


class AddressTaken(TechfairError):
    code, status = "address_taken", 409
    message = _l("This address can no longer be used. Ask at the organizer’s desk.")


@dataclass(frozen=True)
class Move:
    """What a mailed link stands for."""

    registration: Registration
    address: MailAddress


def ask(registration: Registration, email: str) -> None:
    """Mail a link to the new address. Raises InputRefused, and never says who has an address that is taken."""
    new = parse_mail_address(email, allow_test=True)
    if new.compared == registration.email_key:
        raise AddressRefused("same_address", _l("This is your address already."))
    if _is_taken(registration, new):
        raise AddressRefused("address_taken", _l("This address cannot be used. Type another, or ask at the desk."))
    token = links.sign(PURPOSE, [registration.id, registration.link_epoch, new.shown])
    address = f"{current_app.config['BASE_URL']}/me/address/{token}"
    registration.written_to = [*registration.written_to, new.shown]
    _write(registration, "registration_address", new.shown, address=address)


def of_link(token: str) -> Move:
    """What a link moves; raises LinkExpired, LinkBroken, also for one that was used or ended."""
    id, epoch, email = links.read(PURPOSE, token, days=LINK_DAYS)
    registration = db.session.scalars(select(Registration).filter_by(id=id, link_epoch=epoch)).one_or_none()
    if registration is None or registration.erased_at:
        raise links.LinkExpired
    return Move(registration, parse_mail_address(email, allow_test=True))


def confirm(move: Move) -> None:
    """Move to the address; every link mailed before ends, the old address is told. Raises AddressTaken."""
    person, old = move.registration, move.registration.email
    if _is_taken(person, move.address):
        raise AddressTaken
    person.email, person.email_key = move.address.shown, move.address.compared
    person.link_epoch += 1
    if old:
        person.written_to = [*person.written_to, old]
        _write(person, "registration_moved", old)
    audit.record("registration.moved", person, by="visitor")
    telling.send_badge(person, db.session.get_one(Fair, person.fair_id))


def _is_taken(registration: Registration, address: MailAddress) -> bool:
    holders = select(Registration.id).filter_by(fair_id=registration.fair_id, email_key=address.compared)
    others = holders.where(Registration.id != registration.id, Registration.state != "cancelled")
    return db.session.scalar(others.limit(1)) is not None


def _write(registration: Registration, template: str, to: str, **context: Any) -> None:
    fair, name = db.session.get_one(Fair, registration.fair_id), registration.full_name
    mail.queue(template, to=to, name=name, language=registration.language, fair=fair, **context)

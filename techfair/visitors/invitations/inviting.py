"""Inviting people, and registering by an invitation: whoever holds it registers that one address and no other."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from techfair.core import audit, clock, links, mail
from techfair.core.database import insert_new
from techfair.core.errors import TechfairError
from techfair.core.mail_addresses import MailAddress, parse_mail_address
from techfair.core.vietnamese import clean_line
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import registering
from techfair.visitors.invitations.models import Invitation
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing
from techfair.visitors.registering import RegistrationInput

PURPOSE, LINK_DAYS = "invitation", 400
erasing.letters("guest_invitation")


class InvitationEnded(TechfairError):
    code, status = "invitation_ended", 410
    message = _l("This invitation was used, taken back, or has expired. Ask the organizer for a new one.")


def read_addresses(typed: str) -> list[tuple[str, MailAddress]]:
    """Name and address of each line, as ``Nguyễn An <an@example.vn>`` or the address alone.

    Raises InputRefused for a line that holds none.
    """
    lines = [line.strip() for line in typed.replace(";", "\n").replace(",", "\n").splitlines()]
    return [_read(line) for line in lines if line]


def _read(line: str) -> tuple[str, MailAddress]:
    name, address = parseaddr(line)
    return clean_line(name)[:120], parse_mail_address(address or line, allow_test=True)


def invite(
    fair: Fair,
    people: Sequence[tuple[str, MailAddress]],
    kind: str,
    language: str,
    until: datetime,
    by: Any,
    days: list[int] | None = None,
) -> int:
    """Invite each address once and answer how many were new; one that is invited already stays as it is.

    ``days`` of the fair are those on which the badges will open gates, whatever the kind's.
    """
    number = 0
    for name, address in people:
        _let_expired_go(fair, address.compared)
        row = {
            "fair_id": fair.id,
            "email": address.shown,
            "email_key": address.compared,
            "name": name,
            "kind": kind,
            "days": days,
            "language": language,
            "invited_at": clock.now(),
            "expires_at": until,
        }
        for id in insert_new(Invitation, [row], returning=Invitation.id):
            _send(db.session.get_one(Invitation, id), fair, by)
            number += 1
    return number


def _let_expired_go(fair: Fair, email_key: str) -> None:
    """An expired one is no hindrance to a new one."""
    stale = select(Invitation).filter_by(fair_id=fair.id, email_key=email_key, used_at=None, revoked_at=None)
    for invitation in db.session.scalars(stale.where(Invitation.expires_at <= clock.now())):
        invitation.revoked_at = clock.now()
    db.session.flush()


def send_again(invitation: Invitation, fair: Fair, by: Any) -> None:
    """Mail an invitation that still stands once more. Raises InvitationEnded."""
    if invitation.state != "sent":
        raise InvitationEnded
    _send(invitation, fair, by)


def _send(invitation: Invitation, fair: Fair, by: Any) -> None:
    mail.queue(
        "guest_invitation",
        to=invitation.email,
        name=invitation.name,
        language=invitation.language,
        fair=fair,
        invitation=invitation,
        days=kind_days.dates(fair, invitation.kind, invitation.days),
        address=mail.base_url() + path(invitation),
    )
    audit.record("invitation.sent", invitation, by=by, kind=invitation.kind)


def revoke(invitation: Invitation, by: Any) -> None:
    """Take an unused invitation back. Raises InvitationEnded."""
    if invitation.used_at or invitation.revoked_at:
        raise InvitationEnded
    invitation.revoked_at = clock.now()
    audit.record("invitation.revoked", invitation, by=by)


def path(invitation: Invitation) -> str:
    return f"/invitation/{links.sign(PURPOSE, invitation.id)}"


def of_link(token: str) -> Invitation:
    """The invitation of a link, whatever its state; raises LinkBroken, LinkExpired."""
    id = links.read(PURPOSE, token, days=LINK_DAYS)
    invitation = db.session.scalars(select(Invitation).filter_by(id=id)).one_or_none()
    if invitation is None:
        raise links.LinkBroken
    return invitation


def register(invitation: Invitation, fair: Fair, full_name: str, organisation: str, consents: set[str]) -> Registration:
    """Register the invited person; the button pressed twice is one registration. Raises InvitationEnded.

    It works also when the public form is closed: the organizer has asked this person.
    """
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.state != "sent":
        raise InvitationEnded
    given = RegistrationInput(
        full_name=full_name,
        organisation=organisation,
        email=invitation.email,
        kind=invitation.kind,
        days=tuple(invitation.days or ()) or None,
        language=invitation.language,
        consents=frozenset(consents),
        form_token=f"invitation-{invitation.id}",
    )
    registration = registering.register(fair, given, by="visitor")
    invitation.used_at, invitation.registration_id = clock.now(), registration.id
    return registration


@erasing.registration_erased.connect
def _forget(registration: Registration, ids: list[int], **_: Any) -> None:
    db.session.execute(delete(Invitation).where(Invitation.registration_id.in_(ids)))

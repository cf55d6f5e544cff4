"""Inviting delegations, and the link by which a delegation's contact person names its people."""

from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import select

from techfair.core import audit, clock, links, mail
from techfair.core.database import insert_new
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.kind_days import own as own_days
from techfair.visitors.models import Delegation
from techfair.visitors.registering import RegistrationClosed

PURPOSE, LINK_DAYS = "delegation", 400


class DelegationInput(BaseModel, frozen=True):
    """A sending body as the organizer knows it; the province is one of the list in force on the fair's first day."""

    body_vi: str = Field(min_length=1, max_length=200)
    body_en: str = Field("", max_length=200)
    province_code: str | None = None
    dispatch_number: str = Field("", max_length=60)
    expected: int | None = Field(None, ge=1, le=5000)
    days: list[int] | None = None
    contact_name: str = Field("", max_length=120)
    contact_email: str = Field("", max_length=254)


def make(fair: Fair, given: DelegationInput, by: Any) -> Delegation:
    """A delegation that is not invited yet."""
    delegation = Delegation(fair_id=fair.id, **given.model_dump())
    db.session.add(delegation)
    audit.record("delegation.made", delegation, by=by, body=given.body_vi)
    return delegation


def change(delegation: Delegation, given: DelegationInput, by: Any) -> None:
    """Change what is known of it; a new contact address ends the old link, new days hold for all its people."""
    told = given.model_dump()
    changed = [name for name, value in told.items() if getattr(delegation, name) != value]
    for name in changed:
        setattr(delegation, name, told[name])
    if "contact_email" in changed:
        delegation.link_epoch += 1
    if "days" in changed:
        own_days.give_all(delegation)
    if changed:
        audit.record("delegation.changed", delegation, by=by, fields=changed)


def invite(delegation: Delegation, fair: Fair, by: Any) -> bool:
    """Mail the contact person the link; False where there is no address."""
    if not delegation.contact_email:
        return False
    delegation.invited_at = clock.now()
    _send("delegation_invitation", delegation, fair)
    audit.record("delegation.invited", delegation, by=by, dispatch=delegation.dispatch_number)
    return True


def end_link(delegation: Delegation, by: Any) -> None:
    """End the link that was mailed; the next invitation brings a new one."""
    delegation.link_epoch += 1
    audit.record("delegation.link_ended", delegation, by=by)


def begin_own(fair: Fair, given: DelegationInput, form_token: str, language: str) -> Delegation:
    """A group that comes of its own wish; its contact person is mailed the link. The form sent twice is one group.

    Raises RegistrationClosed where the fair takes no registrations.
    """
    if not fair.takes_registrations:
        raise RegistrationClosed
    row = given.model_dump() | {"fair_id": fair.id, "form_token": form_token, "language": language}
    row |= {"link_epoch": 0, "is_own_wish": True, "invited_at": None}
    new = insert_new(Delegation, [row], returning=Delegation.id)
    group = db.session.scalars(select(Delegation).filter_by(form_token=form_token)).one()
    if new:
        audit.record("delegation.made", group, by="visitor", body=given.body_vi)
        _send("group_link", group, fair)
    return group


def _send(template: str, delegation: Delegation, fair: Fair) -> None:
    mail.queue(
        template,
        to=delegation.contact_email,
        name=delegation.contact_name,
        language=delegation.language,
        fair=fair,
        delegation=delegation,
        days=kind_days.dates(fair, "delegate", delegation.days),
        address=mail.base_url() + path(delegation),
    )


def path(delegation: Delegation) -> str:
    """The way to the delegation's own page, for whoever holds it."""
    return f"/delegation/{links.sign(PURPOSE, [delegation.id, delegation.link_epoch])}"


def of_link(token: str) -> Delegation:
    """The delegation of a link; raises LinkBroken, or LinkExpired where a later link ended this one."""
    id, epoch = links.read(PURPOSE, token, days=LINK_DAYS)
    delegation = db.session.scalars(select(Delegation).filter_by(id=id, link_epoch=epoch)).one_or_none()
    if delegation is None:
        raise links.LinkExpired
    return delegation

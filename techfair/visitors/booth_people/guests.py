"""An exhibitor's guests: they register by its code, each taking one of the code's places."""

from collections.abc import Sequence
from secrets import choice

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.errors import TechfairError
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.searching import LETTERS
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import registering
from techfair.visitors.booth_people import quotas
from techfair.visitors.booth_people.models import GuestCode, GuestUse
from techfair.visitors.leads import keeping
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput

LENGTH = 9  # letters of a code: forty-four bits, more than can be tried
WITH_GUESTS = selectinload(GuestCode.uses).joinedload(GuestUse.registration, innerjoin=True)


class TooManyGuests(TechfairError):
    code, status = "guest_quota_used", 409
    message = _l("This is more than is left of your quota. Type a smaller number, or end a code that nobody needs.")


class CodeEnded(TechfairError):
    code, status = "guest_code_ended", 410
    message = _l("This invitation code is used up or has ended. Ask the exhibitor who sent it for another.")


def make(exhibitor: Exhibitor, label: str, places: int, by: User) -> GuestCode:
    """A new code for so many guests; raises TooManyGuests beyond the quota."""
    quota = quotas.held_alone(exhibitor)
    if sum(code.held for code in of(exhibitor)) + places > quota.guests:
        raise TooManyGuests
    code = GuestCode(exhibitor_id=exhibitor.id, code=new_code(), label=label, places=places)
    db.session.add(code)
    audit.record("guest_code.made", code, by=by, fair_id=exhibitor.fair_id, number=places)
    return code


def new_code() -> str:
    """Letters that nobody guesses."""
    return "".join(choice(LETTERS) for _ in range(LENGTH)).upper()


def of(exhibitor: Exhibitor) -> Sequence[GuestCode]:
    """An exhibitor's codes with who used them, the newest first."""
    guests = WITH_GUESTS.selectinload(Registration.consents)
    mine = select(GuestCode).filter_by(exhibitor_id=exhibitor.id).options(guests)
    return db.session.scalars(mine.order_by(GuestCode.id.desc())).all()


def end(code: GuestCode, fair_id: int, by: User) -> None:
    """Let nobody come by this code any more; who did, stays. Its other places are free for another code."""
    if code.ended_at is None:
        code.ended_at = clock.now()
        audit.record("guest_code.ended", code, by=by, fair_id=fair_id)


def end_all(exhibitor: Exhibitor, by: User) -> None:
    """The exhibitor takes no part any more, so it invites nobody."""
    for code in of(exhibitor):
        end(code, exhibitor.fair_id, by)


def of_text(text: str) -> tuple[GuestCode, Exhibitor] | None:
    """The code of an address, with the exhibitor that invites; upper and lower case are one."""
    found = select(GuestCode, Exhibitor).join(Exhibitor, Exhibitor.id == GuestCode.exhibitor_id)
    found = found.where(GuestCode.code == text.upper(), Exhibitor.is_active)
    row = db.session.execute(found.options(joinedload(Exhibitor.company), selectinload(GuestCode.uses))).one_or_none()
    return (row[0], row[1]) if row else None


def is_open(code: GuestCode) -> bool:
    """Whether somebody more may come by it; its uses are loaded."""
    return code.ended_at is None and len(code.uses) < code.places


def register(
    code: GuestCode, exhibitor: Exhibitor, fair: Fair, given: RegistrationInput, shares_contact: bool
) -> Registration:
    """Register a guest by a code; the button pressed twice is one guest. Raises CodeEnded.

    Only who says so lets the exhibitor read e-mail and telephone: then they are a lead of it.
    """
    db.session.execute(select(GuestCode.id).filter_by(id=code.id).with_for_update())
    db.session.refresh(code, ["ended_at", "uses"])
    if given.form_token and (present := _registered_with(code, given.form_token)):
        return present
    place = quotas.first_free((use.place for use in code.uses), code.places)
    if code.ended_at or place is None:
        raise CodeEnded
    person = registering.register(fair, given, by="visitor")
    db.session.add(GuestUse(registration_id=person.id, code_id=code.id, place=place))
    audit.record("guest_code.used", code, by="visitor", fair_id=fair.id, number=place)
    if shares_contact:
        keeping.leave_contact(person, exhibitor, "", clock.now())
    return person


def _registered_with(code: GuestCode, form_token: str) -> Registration | None:
    mine = select(Registration).join(GuestUse, GuestUse.registration_id == Registration.id)
    return db.session.scalars(mine.where(GuestUse.code_id == code.id, Registration.form_token == form_token)).first()

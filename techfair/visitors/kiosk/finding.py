"""Finding oneself at a kiosk, without letting strangers fish for people: contact and whole name, or one's own code."""

from sqlalchemy import or_, select

from techfair.core.mail_addresses import parse_mail_address
from techfair.core.phones import parse_phone
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges
from techfair.visitors.models import Registration


def by_code(fair: Fair, code: str) -> Registration | None:
    """Who holds the valid badge that this code is of: it came to them by mail."""
    found = badges.find(fair, [code])[code]
    if found.badge is None or found.badge.state != "issued" or found.badge.registration_state != "confirmed":
        return None
    return db.session.get(Registration, found.badge.registration_id)


def by_contact(fair: Fair, contact: str, full_name: str) -> Registration | None:
    """Who registered with this address or number under exactly this name, accents and capitals apart."""
    try:
        key = parse_mail_address(contact).compared if "@" in contact else parse_phone(contact)
    except InputRefused:
        return None
    same = or_(Registration.email_key == key, Registration.phone == key)
    people = select(Registration).filter_by(fair_id=fair.id, state="confirmed").where(same)
    wanted = search_key(full_name)
    return next((one for one in db.session.scalars(people) if search_key(one.full_name) == wanted), None)

"""What becomes of a person's meetings when two registrations turn out to be one person's."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.meetings.models import Participant
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration


class BothMeet(TechfairError):
    code, status = "both_meet", 409
    message = _l("Both registrations take part in meetings. End the wishes and meetings of one of them first.")


@registrations_merged.connect
def follow(kept: Registration, other: Registration, **_: Any) -> None:
    """Hand the meetings to the registration that stays; raises BothMeet, for two timetables are no one's."""
    of_both = select(Participant).where(Participant.registration_id.in_((kept.id, other.id)))
    found = {participant.registration_id: participant for participant in db.session.scalars(of_both)}
    if len(found) == 2:
        raise BothMeet
    if other.id in found:
        found[other.id].registration_id = kept.id
        db.session.flush()

"""What an organizer types about a ceremony, and the scans of a copy signed by hand."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, MultipleFileField, SelectField
from wtforms.validators import ValidationError

from techfair.agreements.ceremony import words
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem
from techfair.agreements.ceremony.running import Person
from techfair.agreements.models import Agreement
from techfair.agreements.papers import SendsPapers
from techfair.core import clock
from techfair.core.fields import Clock, Count, Day, Line, choices_of
from techfair.core.uploads import MEGABYTE
from techfair.fairs.models import Fair

MOST_PEOPLE, SPARE = 12, 2
MOST_SCANS, SCAN_BYTES = 30, 20 * MEGABYTE


class CeremonyForm(FlaskForm):
    """Title, place and start."""

    title_vi = Line(_l("Title in Vietnamese"), needed=_l("Give it a title."))
    title_en = Line(_l("Title in English"))
    place_vi = Line(_l("Place in Vietnamese"))
    place_en = Line(_l("Place in English"))
    day: Any = Day(_l("Day"), needed=_l("Type the day."))
    time: Any = Clock(_l("Start"), needed=_l("Type the time as hours and minutes, for example 08:30."))

    def __init__(self, fair: Fair, ceremony: Ceremony | None = None) -> None:
        zone = ZoneInfo(fair.timezone)
        at = ceremony.starts_at.astimezone(zone) if ceremony else None
        super().__init__(obj=ceremony, day=at.date() if at else fair.starts_on, time=at.time() if at else None)
        self.zone = zone

    def values(self) -> dict[str, Any]:
        start = datetime.combine(self.day.data, self.time.data, self.zone).astimezone(UTC)
        texts = {name: self[name].data or "" for name in ("title_vi", "title_en", "place_vi", "place_en")}
        return texts | {"starts_at": start}


class PersonForm(Form):
    """Somebody on the stage; a block without a name is left out."""

    name = Line(_l("Full name"), most=120)
    part = SelectField(_l("Part"), choices=choices_of(words.PARTS.items()))
    seat = Line(_l("Seat"), most=20)


class ItemForm(FlaskForm):
    """Who is on the stage for one signing, and for how long."""

    minutes = Count(_l("Minutes"), 1, 60, needed=_l("Type how many minutes it takes."))
    note = Line(_l("Note for the stage manager"))
    people = FieldList(FormField(PersonForm), max_entries=MOST_PEOPLE)

    def __init__(self, item: CeremonyItem) -> None:
        people = [{"name": one.name, "part": one.part, "seat": one.seat} for one in item.people]
        super().__init__(minutes=item.minutes, note=item.note, people=people)
        if not self.is_submitted():
            for _ in range(min(SPARE, MOST_PEOPLE - len(people))):
                self.people.append_entry({"part": "witness"})

    def persons(self) -> list[Person]:
        told = [entry.form for entry in self.people if entry.form.name.data]
        return [Person(one.name.data or "", one.part.data, one.seat.data or "") for one in told]


class PaperForm(SendsPapers, FlaskForm):
    """The scans of a copy signed by hand, and when it was signed."""

    files = MultipleFileField(_l("Scan or photographs: PDF, JPEG or PNG, in the order of the pages"))
    signed_on: Any = Day(_l("Signed on"), needed=_l("Type the day on which it was signed."))

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(signed_on=clock.today(agreement.fair.timezone))
        self.agreement = agreement
        self.papers = []

    def validate_signed_on(self, field: Day) -> None:
        zone = self.agreement.fair.timezone
        if field.data and field.data > clock.today(zone):
            raise ValidationError(_l("This day is still to come."))
        if field.data and field.data < clock.local_day(self.agreement.created_at, zone):
            raise ValidationError(_l("This day is before the document was drafted."))

    def validate_files(self, field: MultipleFileField) -> None:
        self.take_papers("paper-scans", most=MOST_SCANS, max_bytes=SCAN_BYTES)
        if not self.papers:
            raise ValidationError(_l("Choose the scan or the photographs of every page."))

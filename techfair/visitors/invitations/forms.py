"""What is typed to invite people, and by who is invited."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from techfair.core import clock
from techfair.core.fields import Day, Line, Paragraphs, Ticks, choices_of
from techfair.core.languages import LANGUAGES
from techfair.core.mail_addresses import MailAddress
from techfair.core.refusal import InputRefused
from techfair.fairs.models import Fair
from techfair.visitors.invitations.inviting import read_addresses
from techfair.visitors.kind_days.forms import OwnDays
from techfair.visitors.words import KIND_WORDS, PURPOSE_WORDS

MOST = 200  # addresses at once


class InviteForm(FlaskForm):
    """Whom to invite as what, until when."""

    addresses = Paragraphs(_l("E-mail addresses, one a line"), most=20_000, needed=_l("Type at least one address."))
    kind = SelectField(_l("They come as"), choices=choices_of(KIND_WORDS.items()), default="guest")
    language = RadioField(_l("Language of the mail"), choices=choices_of(LANGUAGES.items()), default="vi")
    until = Day(_l("Good until"), needed=_l("Type the last day."))
    days = OwnDays()
    people: list[tuple[str, MailAddress]]

    def __init__(self, fair: Fair, **values: Any) -> None:
        super().__init__(**values)
        if not self.is_submitted():
            self.until.data = fair.ends_on
        self.fair = fair
        self.days.offer(fair)

    def validate_addresses(self, field: TextAreaField) -> None:
        self.people = []
        for line in (field.data or "").splitlines():
            try:
                self.people += read_addresses(line)
            except InputRefused as refused:
                raise ValidationError(f"{line.strip()[:80]}: {refused.message}") from refused
        if len(self.people) > MOST:
            raise ValidationError(_l("Invite at most %(most)s people at once.", most=MOST))

    def validate_until(self, field: Day) -> None:
        if field.data and field.data < clock.today(self.fair.timezone):
            raise ValidationError(_l("This day is past. Choose a later one."))

    def end(self) -> datetime:
        """The midnight after the last day, where the fair is."""
        last: date = self.until.data or self.fair.ends_on
        return datetime.combine(last, datetime.min.time(), self.fair.zone) + timedelta(days=1)


class AcceptForm(FlaskForm):
    """Who is invited types the name; address and kind stand already."""

    full_name = Line(_l("Full name"), most=120, needed=_l("Type your full name as it shall stand on the badge."))
    organisation = Line(_l("Organisation"), most=200)
    consents = Ticks(_l("I agree that"), choices=choices_of(PURPOSE_WORDS.items()))

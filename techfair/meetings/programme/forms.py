"""What participants say of themselves, and the organizer's rules."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, RadioField
from wtforms.validators import ValidationError

from techfair.core.fields import Count, Day, Paragraphs, Ticks, Version, choices_of
from techfair.fairs import sectors
from techfair.meetings.limits import numbers
from techfair.meetings.limits.forms import MOST
from techfair.meetings.models import Participant
from techfair.meetings.programme import words
from techfair.meetings.programme.joining import Said
from techfair.meetings.programme.models import MeetingProfile, MeetingRules
from techfair.meetings.programme.order import OrderForm
from techfair.meetings.programme.rules import PAIRS

LONGEST = 1000


class JoinForm(FlaskForm):
    """What I offer, what I seek, and how to talk with me."""

    role = RadioField(
        _l("In the meetings you are"),
        choices=choices_of([("visitor", _l("Visitor or buyer")), ("investor", _l("Investor"))]),
        default="visitor",
    )
    seeks = Paragraphs(_l("What you seek"), LONGEST)
    seek_sectors = Ticks(_l("Sectors in which you seek"))
    offers = Paragraphs(_l("What you offer"), LONGEST)
    offer_sectors = Ticks(_l("Sectors in which you offer"))
    languages = Ticks(_l("Languages in which you can talk"))
    most = Count(_l("Most meetings you wish for"), 1, MOST)

    def __init__(self, participant: Participant | None, profile: MeetingProfile | None, *, exhibits: bool) -> None:
        given: dict[str, Any] = {"languages": participant.languages if participant else ["vi"]}
        given["most"] = numbers.of(participant).wished
        if profile:
            given |= {name: getattr(profile, name) for name in ("seeks", "seek_sectors", "offers", "offer_sectors")}
            given["role"] = profile.kind
        super().__init__(data=given)
        self.exhibits = exhibits
        if exhibits:
            del self.role
        listed = choices_of((one.key, one.label) for one in sectors.all_sectors())
        self.seek_sectors.choices = self.offer_sectors.choices = listed
        self.languages.choices = choices_of((code, words.language_name(code)) for code in words.LANGUAGES)

    def validate_seeks(self, field: Paragraphs) -> None:
        said = (field.data, self.offers.data, self.seek_sectors.data, self.offer_sectors.data)
        if not self.exhibits and not any(said):
            raise ValidationError(_l("Say what you seek or what you offer: by that the others find you."))

    def validate_languages(self, field: Ticks) -> None:
        if not field.data:
            raise ValidationError(_l("Tick one language at least."))

    def said(self) -> Said:
        typed: Any = self
        return Said(
            languages=typed.languages.data,
            offers=typed.offers.data,
            seeks=typed.seeks.data,
            offer_sectors=typed.offer_sectors.data or (),
            seek_sectors=typed.seek_sectors.data or (),
            invests="role" in self and typed.role.data == "investor",
        )


def _pair_label(pair: str) -> Any:
    one, _, other = pair.partition("-")
    return _l("%(one)s and %(other)s", one=words.KIND_WORDS[one], other=words.KIND_WORDS[other])


class RulesForm(FlaskForm):
    """When requests are taken, how many, who meets whom and where."""

    opens_on = Day(_l("Requests from"))
    closes_on = Day(_l("Requests until"))
    quota = Count(_l("Requests that one participant may send"), 1, 500)
    expires_after = Count(_l("A request ends unanswered after"), 1, 60, needed=_l("Type the number of days."))
    reminds_before = Count(
        _l("The reminder goes out before that by"), 0, 59, needed=_l("Type the number of days; 0 for no reminder.")
    )
    meet = Ticks(_l("Who may meet whom"), choices=choices_of((pair, _pair_label(pair)) for pair in PAIRS))
    goals = FormField(OrderForm, _l("What counts in a timetable, in this order"))
    at_booths = BooleanField(_l("Exhibitors meet at their own booths"))
    version = Version()

    def __init__(self, rules: MeetingRules) -> None:
        names = ("opens_on", "closes_on", "quota", "expires_after", "reminds_before", "at_booths", "version")
        given = {name: getattr(rules, name) for name in names}
        given["goals"] = {name: str(place) for place, name in enumerate(rules.goals, 1)}
        super().__init__(data=given | {"meet": [pair for pair in PAIRS if pair not in rules.apart]})

    def validate_closes_on(self, field: Day) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_l("The last day cannot come before the first."))

    def validate_reminds_before(self, field: Count) -> None:
        if field.data is not None and self.expires_after.data and field.data >= self.expires_after.data:
            raise ValidationError(_l("The reminder must come after the request was sent."))

    def validate_meet(self, field: Ticks) -> None:
        if not field.data:
            raise ValidationError(_l("Tick at least one: otherwise nobody may meet anybody."))

    def rules(self) -> dict[str, Any]:
        """What is laid down, by column."""
        names = ("opens_on", "closes_on", "quota", "expires_after", "reminds_before", "at_booths")
        typed: dict[str, Any] = {name: self._fields[name].data for name in names}
        typed["goals"] = self.goals.form.in_order()
        return typed | {"apart": [pair for pair in PAIRS if pair not in (self.meet.data or ())]}

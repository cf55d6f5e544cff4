"""What is typed about an expert or an innovative firm."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from techfair.core.fields import Line, Paragraphs, Ticks, Web, choices_of
from techfair.core.mail_addresses import parse_mail_address
from techfair.exhibitors.experts import queries, words
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.forms import CHOOSE_SECTORS, MOST_SECTORS
from techfair.fairs import sectors

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TEXTS = ("kind", "name", "position_vi", "position_en", "summary_vi", "summary_en", "website", "email", "language")


class ExpertForm(FlaskForm):
    """An entry; its technologies are those of ``company_id``."""

    kind = RadioField(_l("Kind"), choices=choices_of(words.KINDS.items()), default="person")
    name = Line(_l("Name"), needed=_l("Type the name."))
    position_vi = Line(_l("Degree and position, or what the firm is, in Vietnamese"))
    position_en = Line(_l("The same in English"))
    summary_vi = Paragraphs(_l("What they know and did, in Vietnamese"), most=1000, needed=_l("Say what they know."))
    summary_en = Paragraphs(_l("What they know and did, in English"), most=1000)
    sectors = Ticks(_l("Sectors"))
    technologies = Ticks(_l("Technologies that they stand for"))
    website = Web(_l("Website"))
    email = Line(_l("Their e-mail"), needed=_l("Type an address: without their consent nothing is published."))
    language = SelectField(_l("Language of the mail"), choices=choices_of(LANGUAGES), default="vi")

    def __init__(self, expert: Expert | None, company_id: int) -> None:
        super().__init__(data=_values_of(expert) if expert else {})
        self.sectors.choices = choices_of([(sector.key, sector.label) for sector in sectors.all_sectors()])
        self.technologies.choices = choices_of([(str(id), title) for id, title in queries.choices(company_id)])

    def validate_sectors(self, field: Ticks) -> None:
        if not 1 <= len(field.data or []) <= MOST_SECTORS:
            raise ValidationError(CHOOSE_SECTORS)

    def validate_email(self, field: StringField) -> None:
        parse_mail_address(field.data or "", allow_test=True)

    def values(self) -> dict[str, Any]:
        """What ``deeds.save`` takes."""
        ties = [int(id) for id in self.technologies.data or []]
        return {name: self._fields[name].data for name in TEXTS} | {"sectors": self.sectors.data, "technologies": ties}


def _values_of(expert: Expert) -> dict[str, Any]:
    ties = [str(tie.technology_id) for tie in expert.ties]
    return {name: getattr(expert, name) for name in TEXTS} | {
        "sectors": [row.sector for row in expert.sectors],
        "technologies": ties,
    }

"""What the cards of technologies, needs and companies say, in the colours of the fair that showed them last."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from techfair.core.cards import Card
from techfair.exhibitors import showing
from techfair.exhibitors.addresses import Record
from techfair.exhibitors.experts import words as expert_words
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import cards
from techfair.fairs.models import Fair


def card(thing: Record, fairs: Sequence[Fair], spoken: str) -> Card:
    """The card of a thing in a language; ``fairs`` are those that show it, the newest first."""
    with force_locale(spoken):
        company = thing if isinstance(thing, Company) else thing.company
        level = thing.readiness if isinstance(thing, Technology) else None
        color, on_color = cards.colours(fairs[0] if fairs else None)
        return Card(
            language=spoken,
            kind=str(_kind(thing)),
            title=thing.name if isinstance(thing, Company | Expert) else thing.title,
            lines=tuple(line for line in _lines(thing, company) if line),
            footer=fairs[0].name if fairs else "techfair",
            color=color,
            on_color=on_color,
            level=level,
            level_text=_("Readiness") if level else "",
            picture=(thing.picture_digest or "") if isinstance(thing, Technology) else "",
        )


def _kind(thing: Record) -> str:
    if isinstance(thing, Company):
        return str(showing.kind(thing))
    if isinstance(thing, Expert):
        return str(expert_words.KINDS[thing.kind])
    return str(_("Technology need") if isinstance(thing, Need) else _("Technology"))


def _lines(thing: Record, company: Company) -> list[str]:
    if isinstance(thing, Company):
        return [showing.place(thing), ", ".join(showing.sector_names(thing.sectors)[:3])]
    position = [thing.position] if isinstance(thing, Expert) else []
    return [*position, company.name, showing.place(company)]

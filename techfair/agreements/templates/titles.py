"""What stands on top of an agreement: the title of its template, else that of its kind."""

from techfair.agreements import kinds
from techfair.agreements.amending.words import TITLES
from techfair.agreements.models import Agreement


def of(agreement: Agreement, locale: str) -> str:
    """The title in a language."""
    template = agreement.template
    title = (template.title_vi if locale == "vi" else template.title_en) if template else ""
    title = title or kinds.title(agreement.kind, locale)
    return f"{TITLES[agreement.change.deed][locale]} – {title}" if agreement.change else title

"""The run of show on paper, for whoever leads the stage."""

from typing import Any

from flask_babel import gettext as _

from techfair.agreements import kinds
from techfair.agreements.ceremony import running, words
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem
from techfair.core import formats, pdf
from techfair.core.languages import language
from techfair.fairs.models import Fair


def as_pdf(ceremony: Ceremony, fair: Fair) -> bytes:
    """One row a signing: when, what, who signs and sits where, who witnesses."""
    zone, locale = fair.timezone, language()
    data = {
        "language": locale,
        "title": ceremony.title,
        "fair": fair.name,
        "where": " · ".join(filter(None, [formats.format_datetime(ceremony.starts_at, zone, locale), ceremony.place])),
        "heads": [_("No."), _("Time"), _("Document"), _("On the stage, with seats"), _("Notes")],
        "rows": [_row(number, at, item, zone) for number, (at, item) in enumerate(running.show_of(ceremony), start=1)],
    }
    return pdf.render("ceremony", data, replace_missing=True)


def _row(number: int, at: Any, item: CeremonyItem, zone: str) -> dict[str, Any]:
    agreement = item.agreement
    return {
        "number": str(number),
        "time": formats.format_time(at, zone, language()),
        "kind": f"{kinds.KIND_LABELS[agreement.kind]} · {agreement.number}",
        "subject": agreement.subject,
        "parties": [party.name for party in agreement.parties],
        "people": [{"name": one.name, "part": str(words.PARTS[one.part]), "seat": one.seat} for one in item.people],
        "note": item.note,
    }

"""A technology or a need as a data sheet: a PDF to print and hand on, with a code that leads to its page."""

import io
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from PIL import Image

from techfair.core import pdf, qr, rich_text
from techfair.core.files import FileStore
from techfair.core.formats import format_date
from techfair.core.languages import language, pick
from techfair.exhibitors import addresses, showing
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.pictures import deeds as pictures
from techfair.exhibitors.record_models import Need, Technology

Section = tuple[str, str]


PICTURES = 3


def present(record: Technology | Need, spoken: str) -> bytes:
    """The data sheet in a language: what the public page says, no more. A letter that no font has is shown as □."""
    with force_locale(spoken):
        told = _technology(record) if isinstance(record, Technology) else _need(record)
        return pdf.render("sheet", _common(record, spoken) | told, at=record.published_at, replace_missing=True)


def _common(record: Technology | Need, spoken: str) -> dict[str, Any]:
    company, address = record.company, addresses.lasting(record)
    person = (company.contact_name, showing.phone(company.contact_phone), company.contact_email)
    contact = (*(person if company.contact_is_public else ()), company.website)
    return {
        "language": spoken,
        "title": record.title,
        "sectors": " · ".join(showing.sector_names(record.sectors)),
        "company": company.name,
        "contact": [line for line in (showing.place(company), *contact) if line],
        "code": qr.as_svg(address, title=_("Where this is kept up to date")),
        "address": address,
    }


def _technology(technology: Technology) -> dict[str, Any]:
    facts = [
        (_("Readiness"), _readiness(technology.readiness)),
        (_("Stage of use"), showing.stage(technology)),
        (_("Forms of transfer"), " · ".join(showing.transfer_forms(technology.transfer_forms))),
        (_("Price"), _("on request") if parts.with_price_kept([technology.id]) else showing.price(technology)),
        (_("Intellectual property"), showing.intellectual_property(technology)),
        (_("State of the title"), showing.property_state(technology)),
    ]
    further = [
        (_("What is new about it"), "innovation"),
        (_("References of use"), "references"),
        (_("Partner sought"), "partner_sought"),
        (_("Support offered"), "support"),
        (_("Investment and return"), "investment"),
    ]
    own = [(_("Advantages"), technology.advantages), (_("Description"), technology.description)]
    return {
        "kind": _("Technology"),
        "gist": technology.summary,
        "level": technology.readiness,
        "pictures": _pictures(technology),
        "facts": _said(facts),
        "sections": _said(own) + _further(technology, further),
    }


def _pictures(technology: Technology) -> list[dict[str, Any]]:
    """The first of them, small: enough for a third of the paper's width."""
    store: FileStore = current_app.extensions["files"]
    first = pictures.of(technology)[:PICTURES]
    return [{"bytes": list(_jpeg(store.read_picture(one.small_digest))), "caption": one.caption} for one in first]


def _jpeg(picture: bytes) -> bytes:
    """Typst keeps a JPEG as it is, and unpacks any other kind into a document of many times the size."""
    out = io.BytesIO()
    drawn = Image.open(io.BytesIO(picture)).convert("RGBA")
    Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _need(need: Need) -> dict[str, Any]:
    facts = [
        (_("Lowest readiness"), _readiness(need.lowest_readiness)),
        (_("Forms of transfer"), " · ".join(showing.transfer_forms(need.transfer_forms))),
        (_("Budget"), showing.budget(need)),
        (_("Wanted by"), format_date(need.deadline_on, language()) if need.deadline_on else ""),
    ]
    further = [
        (_("Present technology"), "present_technology"),
        (_("Constraints"), "constraints"),
        (_("Partner sought"), "partner_sought"),
    ]
    own = [
        (_("The problem"), need.problem),
        (_("The result wanted"), pick(need.wanted_result_vi, need.wanted_result_en)),
    ]
    return {
        "kind": _("Technology need"),
        "gist": "",
        "level": None,
        "pictures": [],
        "facts": _said(facts),
        "sections": _said(own) + _further(need, further),
    }


def _readiness(level: int | None) -> str:
    if not level:
        return ""
    return f"{_('Level %(level)s of 9', level=level)}: {showing.readiness(level)}"


def _further(record: Technology | Need, headings: list[Section]) -> list[Section]:
    return _said([(heading, showing.further(record, name)) for heading, name in headings])


def _said(pairs: list[Section]) -> list[Section]:
    """The pairs that have something to say."""
    return [(str(heading), rich_text.plain(text)) for heading, text in pairs if text]

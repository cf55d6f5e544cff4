"""An exhibitor's leads as files: a spreadsheet, and cards for an address book (vCard 3.0, RFC 2426)."""

from collections.abc import Iterable

from flask_babel import gettext as _

from techfair.core.formats import format_datetime
from techfair.core.languages import language
from techfair.core.spreadsheets import write_sheet
from techfair.visitors.leads.contacts import contacts
from techfair.visitors.leads.models import Lead


def as_xlsx(leads: Iterable[Lead], title: str, zone: str) -> bytes:
    """One row a lead, with the contact of those alone who agree to it."""
    leads = list(leads)
    reach = contacts(leads)
    headings = [
        _("Full name"),
        _("Organisation"),
        _("E-mail address"),
        _("Telephone number"),
        _("Rating"),
        _("Tags"),
        _("First scanned"),
        _("Notes"),
    ]
    rows = [
        [
            lead.registration.full_name,
            lead.registration.organisation,
            reach[lead.id].email,
            reach[lead.id].phone,
            lead.rating or "",
            ", ".join(lead.tags),
            format_datetime(lead.notes[0].noted_at, zone, language()) if lead.notes else "",
            "\n".join(_told(lead)),
        ]
        for lead in leads
    ]
    return write_sheet(title, headings, rows)


def as_vcards(leads: Iterable[Lead]) -> str:
    """A card for each lead whose contact may be read; a card without contact helps nobody."""
    leads = list(leads)
    reach = contacts(leads)
    cards = []
    for lead in leads:
        contact = reach[lead.id]
        if not (contact.email or contact.phone):
            continue
        name, organisation = _escaped(lead.registration.full_name), _escaped(lead.registration.organisation)
        lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"N:{name};;;;"]
        lines += [f"ORG:{organisation}"] if organisation else []
        lines += [f"EMAIL;TYPE=INTERNET:{contact.email}"] if contact.email else []
        lines += [f"TEL;TYPE=CELL:{contact.phone}"] if contact.phone else []
        cards.append("\r\n".join([*lines, "END:VCARD", ""]))
    return "".join(cards)


def _told(lead: Lead) -> list[str]:
    answers = [f"{question} {answer}" for note in lead.notes for question, answer in note.answers.items() if answer]
    return [note.text for note in lead.notes if note.text] + answers


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())

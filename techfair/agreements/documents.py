"""The PDF of an agreement: its text in both languages, with room for the signatures that ``filing`` puts in."""

import json
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.agreements import content
from techfair.agreements.amending.models import AgreementChange
from techfair.agreements.deal import values
from techfair.agreements.deal.models import AgreementTechnology, Milestone
from techfair.agreements.models import Agreement, Party, Signature
from techfair.agreements.sealing.making import SEAL
from techfair.agreements.signers import turns
from techfair.agreements.templates import decision, fields, titles
from techfair.core import formats, pdf, qr
from techfair.core.files import FileDamaged, FileMissing, FileStore
from techfair.core.languages import LANGUAGES, language
from techfair.extensions import db

LETTERS = turns.LETTERS
WORDS = {"number": ("Số:", "No.:"), "by": ("Ngày", "By"), "promised": ("Cam kết", "Promised")}
SIGNATURES = selectinload(Agreement.parties).selectinload(Party.signatures).joinedload(Signature.party)
TECHNOLOGIES = selectinload(Agreement.technologies).joinedload(AgreementTechnology.technology)
WHOLE = (
    joinedload(Agreement.fair),
    joinedload(Agreement.template),
    joinedload(Agreement.paper),
    joinedload(Agreement.change).joinedload(AgreementChange.first),
    SIGNATURES,
    TECHNOLOGIES,
    selectinload(Agreement.milestones),
    selectinload(Agreement.planned),
    selectinload(Agreement.attachments),
)
SEAL_HEADING = "Con dấu số của ban tổ chức / Organizer’s digital seal"


def load(id: int, *, for_update: bool = False) -> Agreement:
    """An agreement with everything that its document shows; ``for_update`` lets nobody else change it meanwhile."""
    if for_update:
        db.session.execute(select(Agreement.id).filter_by(id=id).with_for_update())
    fresh = select(Agreement).filter_by(id=id).options(*WHOLE).execution_options(populate_existing=True)
    return db.session.scalars(fresh).unique().one()


def render(agreement: Agreement) -> bytes:
    """The document without signatures, PDF/A-3 with its data attached; the same agreement gives the same bytes.

    Raises TextNotPrintable for letters that no font of ours has; a draft shows □ for them.
    """
    attached = pdf.Attachment(
        name="agreement.json",
        content=json.dumps(content.of(agreement), ensure_ascii=False, indent=1).encode(),
        mime_type="application/json",
        description="The agreement as data",
    )
    return pdf.render(
        "agreement",
        data_of(agreement),
        attachments=[attached],
        at=agreement.created_at,
        replace_missing=agreement.is_open,
    )


def present(agreement: Agreement) -> bytes:
    """The kept document, or while the text is open the draft as it stands."""
    return _files().read(agreement.document_digest) if agreement.document_digest else render(agreement)


def page(agreement: Agreement, number: int) -> bytes:
    """The picture of a page of the kept document, counted from 1; raises FileMissing."""
    if not 1 <= number <= len(agreement.page_digests):
        raise FileMissing(str(number))
    return _files().read(agreement.page_digests[number - 1])


def is_intact(agreement: Agreement) -> bool:
    """Whether text, deal and file are still those that were frozen and kept."""
    try:
        present(agreement)
    except (FileDamaged, FileMissing):
        return False
    return agreement.frozen_digest == content.digest(agreement)


def data_of(agreement: Agreement) -> dict[str, Any]:
    """What the template shows, as plain values."""
    parties, verify = agreement.parties, f"{current_app.config['BASE_URL']}/verify/{agreement.code}"
    return {
        "is_decision": agreement.kind == "investment_decision",
        "languages": agreement.shown_languages,
        "words": {name: _both(agreement, vi, en) for name, (vi, en) in WORDS.items()},
        "title": {language: titles.of(agreement, language) for language in LANGUAGES},
        "named": _named(agreement),
        "author": [party.name_vi for party in parties],
        "number": agreement.number,
        "subject": {"vi": agreement.subject_vi, "en": agreement.subject_en},
        "parties": [_party(agreement, party) for party in parties],
        "beside": _beside(agreement),
        "articles": articles(agreement),
        "decision": decision.of(agreement),
        "seal": {"key": SEAL, "heading": SEAL_HEADING, "name": agreement.fair.unit.name_vi},
        "milestones": [_milestone(agreement, one) for one in agreement.milestones],
        "attachments": [{"name": one.name, "digest": one.digest} for one in agreement.attachments],
        "is_draft": agreement.is_open,
        "footer": {
            "verify": verify,
            "qr": qr.as_svg(verify, title=agreement.code, mask=0),
            "digest": agreement.frozen_digest or content.digest(agreement),
        },
    }


def _named(agreement: Agreement) -> str:
    """The title that a reader of PDF and a search show: what it is, its number, between whom."""
    parties = ", ".join(party.name_vi for party in agreement.parties)
    return f"{titles.of(agreement, agreement.shown_languages[0])} {agreement.number}: {parties}"


def field_of(party: Party) -> str:
    """The name of the field in which a party's representative signs."""
    return f"Party{LETTERS[party.position - 1]}"


def _beside(agreement: Agreement) -> list[dict[str, Any]]:
    """The room for those who sign beside the representatives."""
    rooms = []
    for field, one, party in turns.fields_of(turns.beside(agreement), agreement.parties):
        heading = ("NHÂN CHỨNG", "WITNESS") if one.role == "witness" else ("NGƯỜI CÙNG KÝ", "CO-SIGNER")
        rooms.append({"key": field, "heading": _both(agreement, *heading), "party": party.name, "name": one.name})
    return rooms


def articles(agreement: Agreement) -> list[dict[str, dict[str, str]]]:
    """The articles with their fields filled in: heading and text, each in both languages."""
    known = fields.of(agreement)
    return [
        {
            "heading": {"vi": f"Điều {n}. {clause['heading_vi']}", "en": f"Article {n}. {clause['heading_en']}"},
            "text": {locale: fields.filled(clause[f"text_{locale}"], locale, known) for locale in LANGUAGES},
        }
        for n, clause in enumerate(decision.without_bases(agreement), start=1)
    ]


def value_shown(agreement: Agreement) -> str:
    """The value in figures and words for the reader of the present page."""
    return values.in_words(agreement)[language()]


def _files() -> FileStore:
    files: FileStore = current_app.extensions["files"]
    return files


def _both(agreement: Agreement, vi: str, en: str) -> str:
    """A label in the languages of the document."""
    return " / ".join({"vi": vi, "en": en}[language] for language in agreement.shown_languages)


def _party(agreement: Agreement, party: Party) -> dict[str, Any]:
    letter = LETTERS[party.position - 1]
    english = agreement.shown_languages == ["en"]
    facts = [
        (_both(agreement, "Tên tiếng Anh", "Name"), "" if english else party.name_en),
        (_both(agreement, "Mã số thuế", "Tax code"), party.tax_code),
        (_both(agreement, "Địa chỉ", "Address"), party.address),
        (_both(agreement, "Đại diện", "Represented by"), party.representative),
        (_both(agreement, "Chức vụ", "Title"), party.representative_title),
    ]
    return {
        "key": field_of(party),
        "heading": _both(agreement, f"BÊN {letter}", f"PARTY {letter}"),
        "name": (party.name_en or party.name_vi) if english else party.name_vi,
        "facts": facts,
        "capacity": party.representative_title or None,
        "representative": party.representative,
    }


def _milestone(agreement: Agreement, milestone: Milestone) -> dict[str, Any]:
    return {
        "day": formats.format_date(milestone.due_on, agreement.shown_languages[0]),
        "title": {"vi": milestone.title_vi, "en": milestone.title_en or milestone.title_vi},
        "planned": {locale: values.planned(milestone, locale) for locale in LANGUAGES},
    }

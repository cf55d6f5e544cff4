"""The PDF of an agreement: its text in both languages, with room for the signatures that ``filing`` puts in."""

import json
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.agreements import content, kinds
from techfair.agreements.deal import values
from techfair.agreements.deal.models import AgreementTechnology, Milestone
from techfair.agreements.models import Agreement, Party, Signature
from techfair.agreements.sealing.making import SEAL
from techfair.core import formats, pdf
from techfair.core.files import FileDamaged, FileMissing, FileStore
from techfair.core.languages import language
from techfair.extensions import db

LETTERS = "ABCDEF"
SIGNATURES = selectinload(Agreement.parties).selectinload(Party.signatures).joinedload(Signature.party)
TECHNOLOGIES = selectinload(Agreement.technologies).joinedload(AgreementTechnology.technology)
WHOLE = (joinedload(Agreement.fair), SIGNATURES, TECHNOLOGIES, selectinload(Agreement.milestones))
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
    parties = agreement.parties
    return {
        "title": {language: kinds.title(agreement.kind, language) for language in ("vi", "en")},
        "author": parties[0].name_vi,
        "number": agreement.number,
        "subject": {"vi": agreement.subject_vi, "en": agreement.subject_en},
        "parties": [_party(agreement, party) for party in parties],
        "articles": articles(agreement),
        "seal": {"key": SEAL, "heading": SEAL_HEADING, "name": agreement.fair.unit.name_vi},
        "milestones": [_milestone(one) for one in agreement.milestones],
        "is_draft": agreement.is_open,
        "footer": {
            "verify": f"{current_app.config['BASE_URL']}/verify/{agreement.code}",
            "digest": agreement.frozen_digest or content.digest(agreement),
        },
    }


def field_of(party: Party) -> str:
    """The name of the field in which a party signs."""
    return f"Party{LETTERS[party.position - 1]}"


def articles(agreement: Agreement) -> list[dict[str, dict[str, str]]]:
    """The articles with their fields filled in: heading and text, each in both languages."""
    fields = _fields(agreement)
    return [
        {
            "heading": {"vi": f"Điều {n}. {clause['heading_vi']}", "en": f"Article {n}. {clause['heading_en']}"},
            "text": {"vi": _filled(clause["text_vi"], fields), "en": _filled(clause["text_en"], fields)},
        }
        for n, clause in enumerate(agreement.clauses, start=1)
    ]


def value_shown(agreement: Agreement) -> str:
    """The value in figures and words for the reader of the present page."""
    return values.in_words(agreement)[language()]


def _files() -> FileStore:
    files: FileStore = current_app.extensions["files"]
    return files


def _fields(agreement: Agreement) -> dict[str, str]:
    value, until = values.in_words(agreement), agreement.valid_until_on
    return {
        "subject_vi": f"“{agreement.subject_vi}”",
        "subject_en": f"“{agreement.subject_en or agreement.subject_vi}”",
        "value_vi": value["vi"],
        "value_en": value["en"],
        "place": agreement.place or "…",
        "validity_vi": f"đến hết ngày {formats.format_date(until, 'vi')}" if until else "đến khi các Bên chấm dứt",
        "validity_en": f"until {formats.format_date(until, 'en')}" if until else "until the Parties end it",
    }


def _filled(text: str, fields: dict[str, str]) -> str:
    # Not str.format: a template or a subject may hold braces of its own.
    for name, value in fields.items():
        text = text.replace("{" + name + "}", value)
    return text


def _party(agreement: Agreement, party: Party) -> dict[str, Any]:
    letter = LETTERS[party.position - 1]
    facts = [
        ("Tên tiếng Anh / Name", party.name_en),
        ("Mã số thuế / Tax code", party.tax_code),
        ("Địa chỉ / Address", party.address),
        ("Đại diện / Represented by", party.representative),
        ("Chức vụ / Title", party.representative_title),
    ]
    return {
        "key": field_of(party),
        "heading": f"BÊN {letter} / PARTY {letter}",
        "name": party.name_vi,
        "facts": facts,
        "capacity": party.representative_title or None,
        "representative": party.representative,
    }


def _milestone(milestone: Milestone) -> dict[str, str]:
    both = ("vi", "en")
    return {
        "day": formats.format_date(milestone.due_on, "vi"),
        "title_vi": milestone.title_vi,
        "title_en": milestone.title_en or milestone.title_vi,
        **{f"planned_{locale}": values.planned(milestone, locale) for locale in both},
    }

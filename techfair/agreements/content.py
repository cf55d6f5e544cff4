"""What the parties of an agreement agree to, as plain values, and its digest. Nothing else is frozen.

An agreement keeps the format that its digest was made in, so that what was frozen once stays provable.
"""

import hashlib
import json
from typing import Any

from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement
from techfair.agreements.templates import titles

FORMAT_1 = ("kind", "number", "subject_vi", "subject_en", "value", "value_currency", "is_confidential", "place")
FORMAT_2 = (*FORMAT_1, "value_high", "area_m2", "transfer_form", "sector", "meeting_id", "connection_id", "languages")
SIDES = ("position", "name_vi", "name_en", "tax_code", "address", "representative", "representative_title", "email")
ATTACHMENT = ("place", "name", "digest", "media_type", "size")
MILESTONE = ("position", "title_vi", "title_en", "measure", "planned")


def of(agreement: Agreement) -> dict[str, Any]:
    """Text and deal data of an agreement."""
    until = agreement.valid_until_on
    common = {
        "valid_until_on": until.isoformat() if until else None,
        "clauses": agreement.clauses,
        "parties": [{name: getattr(party, name) for name in SIDES} for party in agreement.parties],
    }
    if agreement.content_format == 1:
        return {**{name: getattr(agreement, name) for name in FORMAT_1}, **common}
    rate, rate_on = agreement.value_rate, agreement.value_rate_on
    return {
        "format": 2,
        **{name: getattr(agreement, name) for name in FORMAT_2},
        "title": {locale: titles.of(agreement, locale) for locale in agreement.shown_languages},
        "value_rate": None if rate is None else f"{rate:.6f}",
        "value_rate_on": rate_on.isoformat() if rate_on else None,
        "technologies": [one.technology.public_ref for one in agreement.technologies],
        "milestones": [_promised(one) for one in agreement.milestones],
        **_attached(agreement),
        **common,
    }


def _promised(milestone: Milestone) -> dict[str, Any]:
    """A milestone; one in đồng reads as it did before there were others."""
    told = {name: getattr(milestone, name) for name in MILESTONE} | {"due_on": milestone.due_on.isoformat()}
    if milestone.currency is None:
        return told
    return told | {
        "currency": milestone.currency,
        "rate": None if milestone.rate is None else f"{milestone.rate:.6f}",
        "rate_on": milestone.rate_on.isoformat() if milestone.rate_on else None,
    }


def _attached(agreement: Agreement) -> dict[str, Any]:
    """The attachments by their SHA-256; without any the content is what it was before there were attachments."""
    files = [{name: getattr(one, name) for name in ATTACHMENT} for one in agreement.attachments]
    return {"attachments": files} if files else {}


def canonical(agreement: Agreement) -> str:
    """The content as canonical JSON: keys in order, no blanks, letters as they are."""
    return json.dumps(of(agreement), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(agreement: Agreement) -> str:
    """SHA-256 of the canonical JSON of the content, in hexadecimal."""
    return hashlib.sha256(canonical(agreement).encode()).hexdigest()

"""What the form of a deal shows at first: an agreement as it stands, or what a source knows."""

import re
from decimal import Decimal
from typing import Any

from techfair.agreements.deal.forms import token, typed_amount
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement, Party
from techfair.core import formats
from techfair.core.languages import language

PLAIN = (
    "languages",
    "subject_vi",
    "subject_en",
    "is_confidential",
    "place",
    "valid_until_on",
    "value_rate_on",
    "version",
)
LEGAL = ("name_vi", "name_en", "tax_code", "address", "representative", "representative_title", "email", "language")


def of_agreement(agreement: Agreement) -> dict[str, Any]:
    """An agreement as its form shows it."""
    currency = agreement.value_currency or "VND"
    rate, area = agreement.value_rate, agreement.area_m2
    return {
        **{name: getattr(agreement, name) for name in PLAIN},
        "technology_ids": [one.technology_id for one in agreement.technologies],
        "transfer_form": agreement.transfer_form or "",
        "value": typed_amount(agreement.value, currency),
        "value_high": typed_amount(agreement.value_high, currency),
        "value_currency": currency,
        "value_rate": _decimal(rate) if rate else "",
        "area": _decimal(Decimal(area) / 10_000) if area else "",
        "milestones": [_milestone(one) for one in agreement.milestones],
        "parties": [_party(party) for party in agreement.parties],
    }


def of_source(party: dict[str, Any]) -> dict[str, Any]:
    """A party that a source knows, marked with its company."""
    known = {name: value for name, value in party.items() if name != "company_id"}
    return known | {"known": token(None, party.get("company_id"))}


def _milestone(milestone: Milestone) -> dict[str, Any]:
    planned = formats.format_number(milestone.planned, language()) if milestone.planned else ""
    currency = milestone.currency or "VND"
    return {
        "title_vi": milestone.title_vi,
        "title_en": milestone.title_en,
        "due_on": milestone.due_on,
        "measure": milestone.measure,
        "planned": typed_amount(milestone.planned, currency) if milestone.measure == "capital" else planned,
        "currency": currency,
        "rate": _decimal(milestone.rate) if milestone.rate else "",
        "rate_on": milestone.rate_on,
    }


def _decimal(value: Decimal) -> str:
    """With a zero more where three decimals could be read as thousands."""
    shown = formats.format_decimal(value, language())
    return f"{shown}0" if re.search(r"[.,]\d{3}$", shown) and value != int(value) else shown


def _party(party: Party) -> dict[str, Any]:
    return {**{name: getattr(party, name) for name in LEGAL}, "known": token(party.id, party.company_id)}

"""What the parties of an agreement agree to, as plain values, and its digest. Nothing else is frozen."""

import hashlib
import json
from typing import Any

from techfair.agreements.models import Agreement

DEAL = ("kind", "number", "subject_vi", "subject_en", "value", "value_currency", "is_confidential", "place")
SIDES = ("position", "name_vi", "name_en", "tax_code", "address", "representative", "representative_title", "email")


def of(agreement: Agreement) -> dict[str, Any]:
    """Text and deal data of an agreement."""
    until = agreement.valid_until_on
    return {
        **{name: getattr(agreement, name) for name in DEAL},
        "valid_until_on": until.isoformat() if until else None,
        "clauses": agreement.clauses,
        "parties": [{name: getattr(party, name) for name in SIDES} for party in agreement.parties],
    }


def digest(agreement: Agreement) -> str:
    """SHA-256 of the canonical JSON of the content, in hexadecimal."""
    canonical = json.dumps(of(agreement), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

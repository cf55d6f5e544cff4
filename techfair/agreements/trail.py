"""The audit trail of one agreement as a file of JSON lines, and holding such a file against the log it came from.

The first line says of which document; each further line is one entry with everything that its digest is made of, so
that anybody recomputes it: SHA-256 over the canonical JSON of all but ``digest``. The entries lie scattered in one
chain for everything; that each stands there, and that none is left out, only the log can say.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from techfair.agreements import documents, queries
from techfair.agreements.models import Agreement
from techfair.core import audit
from techfair.core.audit import AuditEntry
from techfair.extensions import db

FORMAT = "techfair.trail/1"


@dataclass(frozen=True)
class Finding:
    """What a trail is: its verdict (``good``, or why not) and the number of the line that says so, from 1."""

    verdict: str
    line: int = 0
    entries: int = 0
    code: str = ""


def written(agreement: Agreement) -> str:
    """The trail as JSON lines, oldest entry first; documents, text and file by their digests."""
    head = {
        "format": FORMAT,
        "code": agreement.code,
        "number": agreement.number,
        "frozen_digest": agreement.frozen_digest,
        "document_digest": agreement.document_digest,
    }
    entries = [_told(entry) for entry in reversed(queries.history(agreement))]
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in [head, *entries])


def check(text: str) -> Finding:
    """Hold a trail against the log: ``not_a_trail``, ``changed``, ``not_in_log``, ``left_out``, ``chain_broken``, or
    ``good``. What was recorded after its last entry does not count against it.
    """
    try:
        head, *told = [json.loads(line) for line in text.splitlines() if line.strip()]
        code, digests = str(head["code"]), [str(one["digest"]) for one in told]
        recomputed = [_digest(one) for one in told]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Finding("not_a_trail")
    if head.get("format") != FORMAT or not told:
        return Finding("not_a_trail")
    for line, (said, made) in enumerate(zip(digests, recomputed, strict=True), start=2):
        if said != made:
            return Finding("changed", line, len(told), code)
    return _against_log(code, digests)


def _against_log(code: str, digests: list[str]) -> Finding:
    id = db.session.scalar(select(Agreement.id).filter_by(code=code))
    kept = [] if id is None else [one.digest for one in reversed(queries.history(documents.load(id)))]
    found = Finding("good", 0, len(digests), code)
    for line, digest in enumerate(digests, start=2):
        if digest not in kept:
            return Finding("not_in_log", line, found.entries, code)
    for line, (said, due) in enumerate(zip(digests, kept, strict=False), start=2):
        if said != due:
            return Finding("left_out", line, found.entries, code)
    _count, broken = audit.verify()
    return found if broken is None else Finding("chain_broken", 0, found.entries, code)


def _told(entry: AuditEntry) -> dict[str, Any]:
    names = [column.key for column in entry.__table__.columns if column.key != "id"]
    return {name: getattr(entry, name) for name in names} | {"at": entry.at.isoformat()}


def _digest(told: dict[str, Any]) -> str:
    content = {name: value for name, value in told.items() if name != "digest"}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

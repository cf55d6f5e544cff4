"""What an agreement still lacks before its text may be settled."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.agreements import kinds
from techfair.agreements.models import Agreement
from techfair.agreements.templates import fields
from techfair.agreements.templates.words import COVERS, FIELDS, REQUIRED
from techfair.core.errors import TechfairError


class ContentMissing(TechfairError):
    """``missing`` names what the text must contain and does not, in the reader's language."""

    code, status = "content_missing", 422
    message = _l("Something that this kind of document must contain is missing.")

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__()
        self.missing = list(missing)
        self.message = _("This kind of document must also contain: %(missing)s.", missing=", ".join(missing))


def missing(agreement: Agreement) -> list[str]:
    """What the clauses do not cover, and what they name and the deal does not say."""
    lacking = [str(COVERS[one]) for one in uncovered(agreement.kind, agreement.clauses)]
    empty = [str(FIELDS[one]) for one in fields.empty(agreement)]
    return list(dict.fromkeys(lacking + empty))


def uncovered(kind: str, clauses: Sequence[dict[str, str]]) -> list[str]:
    """What a kind must contain and no clause covers."""
    covered = {one for clause in clauses for one in _covers(kind, clause).split(",")}
    return [one for one in REQUIRED[kind] if one not in covered]


def require_complete(agreement: Agreement) -> None:
    """Raises ContentMissing."""
    if lacking := missing(agreement):
        raise ContentMissing(lacking)


def _covers(kind: str, clause: dict[str, str]) -> str:
    """What a clause covers; one drafted before clauses said so covers what the standard one of its name does."""
    if "covers" in clause:
        return clause["covers"]
    named = (one for one in kinds.standard_clauses(kind) if one["heading_vi"] == clause["heading_vi"])
    return next(named, {}).get("covers", "")

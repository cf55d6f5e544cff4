"""The technologies of a fair that the list warns of, and noting what an organizer found about one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import audit, clock
from techfair.core.database import upsert
from techfair.core.errors import TechfairError
from techfair.exhibitors import queries
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.restricted import watching
from techfair.exhibitors.restricted.models import DECISIONS, RestrictionDecision
from techfair.exhibitors.restricted.watching import Group, Warned
from techfair.extensions import db
from techfair.fairs.models import Fair

TEXTS = ("title", "summary", "description", "advantages")
FURTHER = ("innovation", "support", "references")
TYPED = [f"{name}_{language}" for name in (*TEXTS, *FURTHER, "keywords") for language in ("vi", "en")]


class DecisionIncomplete(TechfairError):
    code, status = "decision_incomplete", 422
    message = _l("Choose what you found and write a note: others rely on it.")


@dataclass(frozen=True)
class Case:
    """A technology and a group that its text seems to be about, with what was decided."""

    technology: Technology
    warned: Warned
    decision: RestrictionDecision | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look: undecided, or written anew since."""
        return self.decision is None or self.decision.version != self.technology.version


def of_record(record: Any) -> list[Warned]:
    """What the list warns of in a technology, in both languages."""
    return watching.warned(_texts(record))


def of_fields(fields: Mapping[str, Any]) -> dict[str, list[Warned]]:
    """What the list warns of in each field of a form that is about one of the texts."""
    told = {name: fields[name] for name in TYPED if name in fields}
    found = {name: watching.warned(_lines(value)) for name, value in told.items()}
    return {name: warned for name, warned in found.items() if warned}


def cases(fair: Fair) -> list[Case]:
    """All that the list warns of among a fair's published technologies, the open ones first."""
    technologies = db.session.scalars(queries.public_technologies(fair)).unique()
    hits = [(technology, one) for technology in technologies for one in of_record(technology)]
    decided = _decided(fair, [technology.id for technology, _ in hits])
    found = [Case(technology, one, decided.get((technology.id, one.group.key))) for technology, one in hits]
    return sorted(found, key=lambda case: (not case.is_open, case.warned.group.level != "banned"))


def decide(fair: Fair, technology: Technology, group: Group, by: User, decision: str, note: str) -> None:
    """Note what was found; a later finding takes its place, the log keeps both. Raises DecisionIncomplete."""
    if decision not in DECISIONS or not note.strip():
        raise DecisionIncomplete
    row = {"fair_id": fair.id, "technology_id": technology.id, "group": group.key}
    said = {"decision": decision, "note": note.strip(), "version": technology.version}
    row |= {**said, "decided_at": clock.now(), "decided_by": by.full_name}
    upsert(RestrictionDecision, [row], by=("fair_id", "technology_id", "group"))
    told = {"kind": group.key, "finding": decision, "note": note.strip()}
    audit.record("technology.restriction_decided", technology, by=by, fair_id=fair.id, **told)


def _decided(fair: Fair, ids: Sequence[int]) -> dict[tuple[int, str], RestrictionDecision]:
    mine = select(RestrictionDecision).where(RestrictionDecision.fair_id == fair.id)
    rows = db.session.scalars(mine.where(RestrictionDecision.technology_id.in_(ids)))
    return {(row.technology_id, row.group): row for row in rows}


def _lines(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value or ""]


def _texts(record: Any) -> Iterator[str]:
    further = record.further or {}
    for language in ("vi", "en"):
        yield from (getattr(record, f"{name}_{language}") for name in TEXTS)
        yield from (further.get(f"{name}_{language}") or "" for name in FURTHER)
        yield from getattr(record, f"keywords_{language}") or ()

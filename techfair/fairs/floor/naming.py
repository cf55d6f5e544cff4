"""What organizers call the kinds of booths of their fair."""

from flask import g, has_app_context
from sqlalchemy import select

from techfair.core.languages import pick
from techfair.extensions import db
from techfair.fairs.floor.models import BoothTerms

Names = dict[str, tuple[str, str]]  # by category, in Vietnamese and English


def own(category: str) -> str:
    """The name that the fair of this page gives a kind of booth, in the reader's language; empty for the usual one."""
    return pick(*_of_page(category))


def both(category: str) -> list[str]:
    """The fair's own names of a kind, in both languages, as far as it has any."""
    return [name for name in _of_page(category) if name]


def _of_page(category: str) -> tuple[str, str]:
    fair = g.get("fair") if has_app_context() else None
    return ("", "") if fair is None else _names(fair.id).get(category, ("", ""))


def remember(fair_id: int, terms: list[BoothTerms]) -> None:
    """Terms that were read anyway need not be read again for their names."""
    g.booth_names = (fair_id, {one.category: (one.name_vi, one.name_en) for one in terms})


def _names(fair_id: int) -> Names:
    """Read once a request."""
    known: tuple[int, Names] | None = g.get("booth_names")
    if known is not None and known[0] == fair_id:
        return known[1]
    rows = select(BoothTerms.category, BoothTerms.name_vi, BoothTerms.name_en).filter_by(fair_id=fair_id)
    names = {row.category: (row.name_vi, row.name_en) for row in db.session.execute(rows)}
    g.booth_names = (fair_id, names)
    return names

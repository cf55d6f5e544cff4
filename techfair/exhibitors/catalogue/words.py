"""Counting the catalogue's words: with each change of the index, in the same transaction."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from techfair.exhibitors.catalogue.models import BREAK, WORD_FIELDS, CatalogueWord
from techfair.extensions import db

TOTAL = ""  # the row that counts the entries


def newest() -> int:
    """The version of the last change."""
    return db.session.scalar(select(func.max(CatalogueWord.version))) or 0


def count(changes: Mapping[str, int], version: int) -> None:
    """Note in how many entries more (or fewer) words stand; whoever calls is alone in doing so."""
    counted = {TOTAL: 0} | {word: by for word, by in changes.items() if by}  # its row tells of every change
    rows = [{"word": word, "entries": by, "version": version} for word, by in sorted(counted.items())]
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(CatalogueWord.__table__)
    more = CatalogueWord.entries + statement.excluded.entries
    kept = {"entries": more, "version": statement.excluded.version}
    db.session.connection().execute(statement.on_conflict_do_update(index_elements=("word",), set_=kept), rows)


def forget() -> None:
    """No word stands anywhere any more."""
    db.session.execute(update(CatalogueWord).values(entries=0, version=newest() + 1))


def of(texts: Mapping[str, str]) -> Counter[str]:
    """Each word of an entry once, and one for the entry itself; initials are no words."""
    found = {word for field in WORD_FIELDS for word in texts[field].split()}
    return Counter([*(found - {BREAK}), TOTAL])

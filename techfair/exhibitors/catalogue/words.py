"""The vocabulary of this database: counted with each change of the index, remembered by each process."""

from collections import Counter
from collections.abc import Mapping

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from techfair.exhibitors.catalogue.models import BREAK, WORD_FIELDS, CatalogueWord
from techfair.exhibitors.catalogue.vocabulary import Vocabulary
from techfair.extensions import db

REMEMBERED = "catalogue_words"
TOTAL = ""  # the row that counts the entries


class Remembered:
    """A vocabulary and the version up to which it knows the words."""

    def __init__(self) -> None:
        self.vocabulary, self.version = Vocabulary(), 0


def current() -> Vocabulary:
    """What the catalogue's words are now: one small statement where nothing changed since this process asked."""
    known: Remembered = current_app.extensions.setdefault(REMEMBERED, Remembered())
    newest = _newest()
    if newest < known.version:  # another database took the place of the one we knew
        known = current_app.extensions[REMEMBERED] = Remembered()
    if newest > known.version:
        changed = select(CatalogueWord.word, CatalogueWord.entries).where(CatalogueWord.version > known.version)
        for word, entries in db.session.execute(changed):
            _learn(known.vocabulary, word, entries)
        known.version = newest
    return known.vocabulary


def _learn(vocabulary: Vocabulary, word: str, entries: int) -> None:
    if word == TOTAL:
        vocabulary.total = entries
    else:
        vocabulary.learn(word, entries)


def _newest() -> int:
    return db.session.scalar(select(func.max(CatalogueWord.version))) or 0


def count(changes: Mapping[str, int]) -> None:
    """Note in how many entries more (or fewer) words stand; whoever calls is alone in doing so."""
    version = _newest() + 1
    rows = [{"word": word, "entries": by, "version": version} for word, by in sorted(changes.items()) if by]
    if not rows:
        return
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(CatalogueWord.__table__)
    more = CatalogueWord.entries + statement.excluded.entries
    kept = {"entries": more, "version": statement.excluded.version}
    db.session.connection().execute(statement.on_conflict_do_update(index_elements=("word",), set_=kept), rows)


def forget() -> None:
    """No word stands anywhere any more."""
    db.session.execute(update(CatalogueWord).values(entries=0, version=_newest() + 1))


def of(texts: Mapping[str, str]) -> Counter[str]:
    """Each word of an entry once, and one for the entry itself; initials are no words."""
    found = {word for field in WORD_FIELDS for word in texts[field].split()}
    return Counter([*(found - {BREAK}), TOTAL])

"""What each process knows of the catalogue: its words, and the facts of its entries.

Reading them with every search would cost more than the search. They are read once and then only where they changed,
so a search is told of every commit before it by one small statement. 50,000 entries take some 30 MB.
"""

import gc

from flask import current_app
from sqlalchemy import select

from techfair.exhibitors.catalogue import words
from techfair.exhibitors.catalogue.facets import Row
from techfair.exhibitors.catalogue.models import CatalogueEntry, CatalogueWord
from techfair.exhibitors.catalogue.vocabulary import Vocabulary
from techfair.extensions import db

MANY = 5_000
REMEMBERED = "catalogue"  # in app.extensions
ENTRY, WORD = CatalogueEntry.__table__, CatalogueWord.__table__
FACTS = tuple(ENTRY.c[name] for name in Row._fields)


class Known:
    """The catalogue as it is at a version."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.rows: dict[int, Row] = {}
        self.version = 0


def current() -> Known:
    """The catalogue as this transaction sees it."""
    known: Known = current_app.extensions.setdefault(REMEMBERED, Known())
    newest = words.newest()
    if newest < known.version:  # another database took the place of the one we knew
        known = current_app.extensions[REMEMBERED] = Known()
    if newest > known.version:
        _catch_up(known)
        known.version = newest
    return known


def _catch_up(known: Known) -> None:
    connection = db.session.connection()
    changed = select(WORD.c.word, WORD.c.entries).where(WORD.c.version > known.version)
    for word, entries in connection.execute(changed).all():
        if word == words.TOTAL:
            known.vocabulary.total = entries
        else:
            known.vocabulary.learn(word, entries)
    facts = connection.execute(select(*FACTS).where(ENTRY.c.version > known.version)).all()
    known.rows |= {row.id: row for row in map(Row._make, facts)}
    if len(known.rows) != known.vocabulary.total:
        there = set(connection.execute(select(ENTRY.c.id)).scalars())
        known.rows = {id: row for id, row in known.rows.items() if id in there}
    if len(facts) >= MANY:
        # Otherwise the collector walks over all of them now and then, in the middle of a search: 0.2 s each time.
        gc.collect()
        gc.freeze()

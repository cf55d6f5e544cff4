"""The full-text index of the database: FTS5 on SQLite, tsvector on PostgreSQL, asked the same questions.

Both hold the same words (folded here, split at blanks), so both answer with the same entries. How well an entry
fits is judged afterwards and alike (``ranking``), for bm25 and ts_rank would order differently.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from techfair.exhibitors.catalogue.models import CatalogueEntry
from techfair.extensions import db

Question = str | tuple[str, tuple["Question", ...]]  # a word, or ("AND" | "OR", questions)


def every(questions: Iterable[Question]) -> Question:
    return ("AND", tuple(questions))


def some(questions: Iterable[Question]) -> Question:
    return ("OR", tuple(questions))


def holders(question: Question, *, in_title: bool = False) -> Select[int]:
    """The ids of the entries that answer a question, anywhere or in their title."""
    if db.engine.dialect.name == "postgresql":
        name = "title_lexemes" if in_title else "lexemes"
        lexemes: ColumnElement[Any] = literal_column(f"catalogue_entry.{name}")
        return select(CatalogueEntry.id).where(lexemes.op("@@", is_comparison=True)(cast(_tsquery(question), TSQUERY)))
    asked = f"{{title_words}} : {_fts5(question)}" if in_title else _fts5(question)
    index = table("catalogue_fulltext", column("rowid", Integer), column("catalogue_fulltext"))
    return select(index.c.rowid).where(index.c.catalogue_fulltext.op("MATCH", is_comparison=True)(asked))


def _fts5(question: Question) -> str:
    if isinstance(question, str):
        doubled = question.replace('"', '""')
        return f'"{doubled}"'
    operator, parts = question
    return f"({f' {operator} '.join(_fts5(part) for part in parts)})"


def _tsquery(question: Question) -> str:
    if isinstance(question, str):
        quoted = question.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}'"
    operator, parts = question
    return f"({(' & ' if operator == 'AND' else ' | ').join(_tsquery(part) for part in parts)})"

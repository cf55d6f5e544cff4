"""Plain full text over the demo's technologies: SQLite's FTS5 as it comes, every word of the question, bm25."""

import sqlite3
from collections.abc import Iterable
from typing import Any

FIELDS = ("title", "summary", "keywords", "description")


class PlainFullText:
    """Both languages of four fields; accents off by the tokenizer, đ by hand."""

    def __init__(self, technologies: Iterable[dict[str, Any]]) -> None:
        self.database = sqlite3.connect(":memory:")
        columns = ", ".join(FIELDS)
        tokenizer = "tokenize='unicode61 remove_diacritics 2'"
        self.database.execute(f"CREATE VIRTUAL TABLE offer USING fts5(ref UNINDEXED, {columns}, {tokenizer})")
        rows = [(told["id"], *(_text(told, field) for field in FIELDS)) for told in technologies]
        self.database.executemany("INSERT INTO offer VALUES (?, ?, ?, ?, ?)", rows)

    def best(self, question: str, limit: int = 10) -> list[str]:
        """The refs of the offers that hold any of the words."""
        words = "".join(sign if sign.isalnum() else " " for sign in _plain(question)).split()
        if not words:
            return []
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        found = self.database.execute(
            "SELECT ref FROM offer WHERE offer MATCH ? ORDER BY bm25(offer) LIMIT ?", (asked, limit)
        )
        return [ref for (ref,) in found]


def _text(told: dict[str, Any], field: str) -> str:
    values = [told[f"{field}_{language}"] for language in ("vi", "en")]
    return _plain(" ".join(" ".join(value) if isinstance(value, list) else value for value in values))


def _plain(text: str) -> str:
    return text.lower().replace("đ", "d")

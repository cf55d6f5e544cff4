"""How far one server has read the other: the moment and id of the last row, so that no row is skipped or repeated.

A transaction may commit a row with a moment that somebody has read past already, so each exchange begins a little
before where the last one ended; taking a row twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(minutes=2)  # longer than any transaction lasts


@dataclass(frozen=True)
class Cursor:
    """The last row that was read, by its moment and then its id, as texts of one server alone."""

    at: datetime = BEGINNING
    id: str = ""

    @classmethod
    def read(cls, text: str) -> Cursor:
        """The cursor of "moment id"; the beginning for an empty text. Raises ValueError for anything else."""
        moment, _, id = text.partition(" ")
        return cls(datetime.fromisoformat(moment).astimezone(UTC), id) if text else cls()

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).isoformat()} {self.id}" if self.at > BEGINNING else ""

    def rewound(self) -> Cursor:
        """Where the next exchange begins."""
        return Cursor(max(BEGINNING, self.at - OVERLAP))

    def before(self, at: Any, id: Any, of: Any) -> ColumnElement[bool]:
        """That a row with this moment and id comes after; ``of`` makes an id of its text."""
        return or_(at > self.at, and_(at == self.at, id > of(self.id))) if self.id else at >= self.at

"""How far one server has read the other: the moment and id of the last row, so that no row is skipped or repeated.

A transaction may commit a row with a moment that somebody has read past already, so each exchange begins again with
the rows of the last moments; taking a row twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from techfair.core import clock

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
PEOPLE_SETTLE = timedelta(minutes=2)  # longer than the import of a list of ten thousand takes
SCANS_SETTLE = timedelta(seconds=30)  # longer than a batch of scans may wait for its turn


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

    def rewound(self, settle: timedelta) -> Cursor:
        """Where the next exchange begins, by the clock of the server whose rows these are."""
        settled = clock.now() - settle
        return self if self.at < settled else Cursor(settled)

    def before(self, at: Any, id: Any, of: Any) -> ColumnElement[bool]:
        """That a row with this moment and id comes after; ``of`` makes an id of its text."""
        return or_(at > self.at, and_(at == self.at, id > of(self.id))) if self.id else at >= self.at

"""The audit log: who did what to which object when and from where, each entry chained to the one before.

An entry holds the SHA-256 of the previous one; the database refuses to change or delete entries, and
``verify`` finds the first that was changed all the same.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import g, has_request_context, request
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.core.database import alone
from techfair.extensions import Model, db

START = "0" * 64
CHAIN_LOCK = 7_301_001  # the advisory lock under which PostgreSQL's writers append one after another


class AuditEntry(Model):
    """One deed. ``previous_digest`` is unique, so the chain cannot fork."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_type", "object_id"),
        Index("ix_audit_entry_fair", "fair_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[str]
    fair_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]
    address: Mapped[str | None]
    request_id: Mapped[str | None]
    previous_digest: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(unique=True)

    def computed_digest(self) -> str:
        """SHA-256 over the canonical JSON of everything but the digest itself."""
        told = {c.key: getattr(self, c.key) for c in self.__table__.columns if c.key not in {"id", "digest"}}
        told["at"] = self.at.isoformat()
        canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def record(action: str, thing: Model, *, by: Any = None, fair_id: int | None = None, **details: Any) -> AuditEntry:
    """Write down a deed in the transaction of the deed itself.

    ``action`` reads ``application.approved``; ``by`` is a user, a word for who acted without an account
    ("signer", "system"), or None for the system. ``details`` are plain JSON values and hold no secret.
    """
    db.session.flush()
    entry = AuditEntry(
        at=clock.now(),
        actor_id=getattr(by, "id", None),
        actor=getattr(by, "email", None) or (by if isinstance(by, str) else "system"),
        action=action,
        object_type=thing.__tablename__,
        object_id=str(getattr(thing, "id", "")),
        fair_id=fair_id if fair_id is not None else _fair_of(thing),
        details=details,
        address=request.remote_addr if has_request_context() else None,
        request_id=g.get("request_id") if has_request_context() else None,
        previous_digest=_last_digest(),
    )
    entry.digest = entry.computed_digest()
    db.session.add(entry)
    db.session.flush()
    return entry


def _fair_of(thing: Model) -> int | None:
    if thing.__tablename__ == "fair":
        return getattr(thing, "id", None)
    return getattr(thing, "fair_id", None)


def _last_digest() -> str:
    alone(CHAIN_LOCK)
    last = select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalar(last) or START


def entries() -> Iterator[AuditEntry]:
    """All entries in order, a thousand at a time."""
    statement = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    yield from db.session.scalars(statement)


def verify() -> tuple[int, AuditEntry | None]:
    """How many entries follow from the one before them, and the first that does not (None: the chain holds)."""
    previous, count = START, 0
    for entry in entries():
        if entry.previous_digest != previous or entry.digest != entry.computed_digest():
            return count, entry
        previous, count = entry.digest, count + 1
    return count, None


def of(thing: Model, limit: int = 50) -> list[AuditEntry]:
    """The newest entries about an object, newest first."""
    statement = select(AuditEntry).filter_by(object_type=thing.__tablename__, object_id=str(thing.id))  # type: ignore[attr-defined]
    return list(db.session.scalars(statement.order_by(AuditEntry.id.desc()).limit(limit)))

"""The baseline of bench/scans.py: a bare Flask route that does the three statements of a scan, and nothing else.

It looks a badge up by its number, looks for an earlier scan, inserts one and commits, as a first version with
SQLAlchemy's models would: no signatures, no rules, no queue before the database. Served by the same gunicorn.
"""

import os
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask, jsonify, request
from sqlalchemy import create_engine, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine(os.environ["PLAIN_DATABASE"])
app = Flask(__name__)


class Model(DeclarativeBase):
    pass


class Badge(Model):
    __tablename__ = "badge"
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    state: Mapped[str]


class Scan(Model):
    __tablename__ = "scan"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    badge: Mapped[int] = mapped_column(index=True)
    gate: Mapped[str]
    scanned_at: Mapped[datetime]


@event.listens_for(engine, "connect")
def _as_safe_as_ours(connection: Any, record: Any) -> None:
    if engine.dialect.name != "sqlite":
        return
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def make_tables(badges: int) -> None:
    Model.metadata.drop_all(engine)
    Model.metadata.create_all(engine)
    rows = [{"number": number, "name": f"Khách {number}", "state": "issued"} for number in range(badges)]
    with engine.begin() as connection:
        connection.execute(insert(Badge), rows)


@app.post("/scan")
def scan() -> Any:
    number = request.get_json()["badge"]
    with Session(engine) as session:
        badge = session.scalars(select(Badge).where(Badge.number == number)).one()
        earlier = session.scalars(select(Scan).where(Scan.badge == number).limit(1)).first()
        session.add(Scan(id=uuid.uuid4(), badge=number, gate="A", scanned_at=datetime.now(UTC)))
        told = {"name": badge.name, "verdict": "repeated" if earlier else "admitted"}
        session.commit()
    return jsonify(told)

"""Keeping the words true: they are written with the registration, and go with its name."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect, select
from sqlalchemy.orm import Mapper

from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.visitors.finding.models import RegistrationWord
from techfair.visitors.models import Registration

Row = dict[str, Any]


def words(fair_id: int, id: int, key: str, email: str | None) -> list[Row]:
    """The rows of a registration with this ``search_key`` and address."""
    told = {*key.split(), *search_key(email or "").split()}
    return [{"fair_id": fair_id, "word": word, "registration_id": id} for word in sorted(told)]


def add(ids: Collection[int]) -> None:
    """Write the words of registrations that were inserted as rows; those made as objects bring their own."""
    columns = (Registration.fair_id, Registration.id, Registration.search_key, Registration.email_key)
    people = db.session.execute(select(*columns).where(Registration.id.in_(ids))).all()
    _insert(db.session.connection(), [row for person in people for row in words(*person)])


def _insert(connection: Connection, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(RegistrationWord), rows)


@event.listens_for(Registration, "after_insert")
def _made(mapper: Mapper[Any], connection: Connection, person: Registration) -> None:
    _insert(connection, words(person.fair_id, person.id, person.search_key, person.email_key))


@event.listens_for(Registration, "after_update")
def _changed(mapper: Mapper[Any], connection: Connection, person: Registration) -> None:
    told = inspect(person).attrs
    if told.search_key.history.has_changes() or told.email_key.history.has_changes():
        connection.execute(delete(RegistrationWord).where(RegistrationWord.registration_id == person.id))
        _made(mapper, connection, person)

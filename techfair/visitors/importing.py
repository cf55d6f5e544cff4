"""Registering many people at once from a list that was judged before."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from techfair.core.database import insert_new
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, registering
from techfair.visitors.finding import keeping as finding
from techfair.visitors.listing import ListedPerson, read_list
from techfair.visitors.models import Registration

CHUNK = 500  # rows a transaction: gates go on scanning between two


def open_list(fair: Fair, file: str, needs_contact: bool = True) -> list[ListedPerson]:
    """Everyone in a stored list, those imported before marked; raises SpreadsheetRefused, FileMissing."""
    people = read_list(current_app.extensions["files"].read(file), needs_contact)
    for start in range(0, len(people), CHUNK):
        part = {person.token(fair.id): person for person in people[start : start + CHUNK]}
        known = select(Registration.form_token).where(Registration.form_token.in_(part))
        for token in db.session.scalars(known):
            part[str(token)].is_known = True
    return people


def chosen(people: Iterable[ListedPerson], rows: Iterable[int] | None) -> list[ListedPerson]:
    """The good rows among those with these numbers; without numbers all good ones that the file does not hide."""
    if rows is None:
        return [person for person in people if person.is_chosen]
    wanted = set(rows)
    return [person for person in people if person.is_good and person.number in wanted]


def register_all(fair: Fair, people: Sequence[ListedPerson], organisation: str = "", **common: Any) -> int:
    """Register these people with a badge each, and answer how many are new.

    Eight statements however many there are. Nobody is mailed: a list says who shall come, not who asked for
    mail. ``organisation`` is that of who has none, ``common`` holds for all. Whoever is registered with the
    same address or number becomes a possible duplicate.
    """
    rows = [registering.values_of(fair, person.registration(fair.id, organisation, **common)) for person in people]
    earlier = _earlier(fair, "email_key", rows) | _earlier(fair, "phone", rows)
    for row in rows:
        twin = earlier.get(row["email_key"]) or earlier.get(row["phone"])
        row["possible_duplicate_of_id"] = twin
    new = insert_new(Registration, rows, returning=Registration.id)
    finding.add(new)
    kinds = select(Registration.id, Registration.kind).where(Registration.id.in_(new)).order_by(Registration.id)
    badges.issue_all(fair, {row.id: row.kind for row in db.session.execute(kinds)})
    return len(new)


def _earlier(fair: Fair, column: str, rows: Sequence[dict[str, object]]) -> dict[object, int]:
    """The first registration, not cancelled, with each of the rows' addresses or numbers."""
    field = getattr(Registration, column)
    wanted = {row[column] for row in rows if row[column]}
    standing = (Registration.fair_id == fair.id) & (Registration.state != "cancelled")
    found = select(field, Registration.id).where(standing, field.in_(wanted)).order_by(Registration.id.desc())
    return {row[0]: row.id for row in db.session.execute(found)}

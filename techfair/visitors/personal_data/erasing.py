"""Erasing a person: the name, the ways to reach them and what was written to them go; the counts stay."""

from typing import Any

from blinker import Signal
from sqlalchemy import exists, select, update

from techfair.core import audit, clock, jobs, mail
from techfair.core.jobs import Job
from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import stored

registration_erased = Signal(
    "A person's data were erased; ``ids`` are all registrations that were theirs, ``addresses`` their mail addresses, "
    "as they are compared."
)
NAMELESS = "(đã xóa · erased)"  # in both languages, for it stands where a name stood
LETTERS = {"badge"}
LETTERS_ABOUT: set[str] = set()
FILES_OF_MANY = {"print_badges", "import_people"}  # jobs whose files hold the names of many, and can be made anew


def letters(*templates: str) -> None:
    """Let another room's mails to a person go with the person."""
    LETTERS.update(templates)


def letters_about(*templates: str) -> None:
    """Let a person's name go from mails of another room to others, too."""
    LETTERS_ABOUT.update(templates)


def erase(registration: Registration, by: Any, reason: str = "") -> None:
    """Erase a person for good; what stays is a number that was registered, and maybe let in.

    Their badges open no gate any more and their links end. Mails to them and pictures of their badges go, also
    those in files made for many (printed badges, imported lists). Signed documents are no part of this.
    """
    people = stored.family(registration)
    ids = [person.id for person in people]
    addresses = {address for person in people for address in (person.email, *person.written_to) if address}
    compared = {person.email_key for person in people if person.email_key}
    names = {person.full_name for person in people}
    for person in people:
        _end(person, by)
        _forget(person)
    twin = Registration.possible_duplicate_of_id
    db.session.execute(update(Registration).where(twin.in_(ids)).values(possible_duplicate_of_id=None))
    _forget_letters(registration.fair_id, addresses, names)
    audit.record("registration.erased", registration, by=by, reason=reason)
    registration_erased.send(registration, ids=ids, addresses=compared)


def _end(person: Registration, by: Any) -> None:
    if badge := badges.valid_badge(person):
        badges.end(badge, "revoked")
        audit.record("badge.revoked", badge, by=by, number=badge.number, reason="")
    came = db.session.scalar(select(exists().where(Scan.registration_id == person.id, Scan.verdict == "admitted")))
    if person.state != "cancelled" and not (came or person.is_present):
        person.move_to("cancelled")
    for consent in person.consents:
        consent.withdrawn_at = consent.withdrawn_at or clock.now()


def _forget(person: Registration) -> None:
    person.full_name, person.sort_key, person.search_key = NAMELESS, "", ""
    person.organisation, person.email, person.email_key, person.phone = "", None, None, None
    person.written_to = []
    person.form_token = person.possible_duplicate_of_id = None  # the token of an imported row is made from the name
    person.link_epoch += 1
    person.erased_at = clock.now()
    db.session.flush()


def _forget_letters(fair_id: int, addresses: set[str], names: set[str]) -> None:
    """Take the mails out of the database now, and let a job take files off the disk once that is committed."""
    files = mail.forget(fair_id, addresses, LETTERS)
    for name in names:
        files.letters.extend(mail.blank(fair_id, name, LETTERS_ABOUT))
    of_many = select(Job).where(Job.fair_id == fair_id, Job.name.in_(FILES_OF_MANY), Job.state.in_(("done", "stopped")))
    for job in db.session.scalars(of_many):
        if digest := job.arguments.get("file"):
            files.documents.append(digest)
            job.arguments = {**job.arguments, "file": ""}
    jobs.start("forget_files", fair_id=fair_id, documents=files.documents, letters=files.letters)

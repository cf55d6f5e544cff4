"""The promise of confidentiality: its text for one request, and signing it by typing one's name below it.

The wording follows the agreement kind ``nda`` of the domain: parties, what is confidential, use, exceptions, term.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from techfair.core import audit, clock
from techfair.core.database import insert_new
from techfair.core.errors import StepSkipped, TechfairError
from techfair.core.languages import language
from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import search_key
from techfair.exhibitors.disclosure.models import DisclosureRequest, Undertaking
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

VERSION = "2026-11"  # of the wording; a change of the files below gets a new one
DATA = Path(__file__).parent / "data"


class TextChanged(TechfairError):
    code, status = "undertaking_changed", 409
    message = _l("The text has changed since you opened it. Read it again, then sign.")


@cache
def _wording(spoken: str) -> str:
    return (DATA / f"undertaking.{spoken}.txt").read_text(encoding="utf-8").strip()


def text_for(request: DisclosureRequest, technology: Technology, company: Company) -> str:
    """The whole text in the reader's language."""
    reader = ", ".join(part for part in (request.name, request.organisation) if part)
    told = {"company": company.name, "title": technology.title, "ref": technology.public_ref}
    return _wording(language()).format(reader=reader, purpose=request.purpose, **told)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def of(request: DisclosureRequest) -> Undertaking | None:
    """What was signed for a request, if anything."""
    return db.session.scalars(select(Undertaking).filter_by(request_id=request.id)).one_or_none()


def sign(request: DisclosureRequest, text: str, *, read: str, name: str, address: str) -> None:
    """Keep that ``name`` promised this text. ``read`` is the digest of what stood before them.

    Raises TextChanged where that was another text, InputRefused where the name is not that of the request, and
    StepSkipped where the request is not granted up to this level. A form sent twice signs once.
    """
    if request.state != "granted" or request.level != "nda":
        raise StepSkipped
    if read != digest_of(text):
        raise TextChanged
    if search_key(name) != search_key(request.name):
        raise InputRefused("name", _l("Type your full name as it stands in the request: %(name)s", name=request.name))
    row = {"request_id": request.id, "version": VERSION, "digest": read, "text": text, "signed_name": name}
    rows = [row | {"signed_at": clock.now(), "address": address}]
    if insert_new(Undertaking, rows, returning=Undertaking.id):
        audit.record("disclosure.undertaken", request, by=request.name, fair_id=request.fair_id, digest=read)

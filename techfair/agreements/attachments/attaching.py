"""Adding files to a text and taking them out while it is open. Hold the agreement's row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from techfair.agreements.attachments.models import MOST, Attachment
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import talking
from techfair.core import audit
from techfair.core.errors import TechfairError
from techfair.extensions import db


class TooManyAttachments(TechfairError):
    code, status = "too_many_attachments", 422
    message = _l("An agreement takes up to %(most)s attachments.", most=MOST)


@dataclass(frozen=True)
class Sent:
    """A file that is kept already, with the name that it had."""

    digest: str
    name: str
    media_type: str
    size: int


def attach(agreement: Agreement, files: Sequence[Sent], *, by: Any) -> None:
    """Let files belong to the text from now on; every consent to the text without them ends.

    A file that belongs to it already is not added again. Raises TooManyAttachments, and StepSkipped once settled.
    """
    agreement.require_open()
    known = {one.digest for one in agreement.attachments}
    new = [one for one in {file.digest: file for file in reversed(files)}.values() if one.digest not in known][::-1]
    if len(known) + len(new) > MOST:
        raise TooManyAttachments
    for file in new:
        place = len(agreement.attachments) + 1
        agreement.attachments.append(Attachment(place=place, added_by=_name(by), **vars(file)))
        audit.record("agreement.attached", agreement, by=by, name=file.name, digest=file.digest)
    _note(agreement, by)


def take_out(agreement: Agreement, place: int, *, by: Any) -> None:
    """Let a file belong to the text no longer; those after it move up. Gone already, nothing happens."""
    agreement.require_open()
    gone = at(agreement, place)
    if gone is None:
        return
    agreement.attachments.remove(gone)
    db.session.flush()  # it leaves its place first
    for new_place, one in enumerate(agreement.attachments, start=1):
        one.place = new_place
        db.session.flush()
    audit.record("agreement.detached", agreement, by=by, name=gone.name, digest=gone.digest)
    _note(agreement, by)


def at(agreement: Agreement, place: int) -> Attachment | None:
    """The attachment in a place."""
    return next((one for one in agreement.attachments if one.place == place), None)


def belongs(agreement: Agreement, digest: str) -> bool:
    """Whether a file is an attachment of this agreement, byte for byte."""
    return any(one.digest == digest for one in agreement.attachments)


def _note(agreement: Agreement, by: Any) -> None:
    if agreement.state == "negotiation":
        talking.note(agreement, _name(by))


def _name(by: Any) -> str:
    return str(getattr(by, "full_name", "") or getattr(by, "email", by))

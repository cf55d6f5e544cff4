"""Drafts of forms, by their owners: kept, found, forgotten."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from techfair.core import clock, jobs
from techfair.core.database import upsert
from techfair.core.errors import TechfairError
from techfair.exhibitors.drafts.models import FormDraft
from techfair.extensions import db

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
LEFT_OUT = {"csrf_token", "accepted", "terms_id", "deed", "discard"}  # what is accepted is accepted anew
MOST_FIELDS, MOST_LETTERS, DAYS = 300, 200_000, 90

Pairs = Sequence[tuple[str, str]]


class DraftTooLong(TechfairError):
    code, status = "draft_too_long", 413
    message = _l("This is too long to be kept.")


def keep(owner: str, form: str, typed: Iterable[tuple[str, str]]) -> None:
    """Keep a form as it is now instead of as it was; raises DraftTooLong."""
    kept = [[name, text.replace("\x00", "")] for name, text in typed if NAME.fullmatch(name) and name not in LEFT_OUT]
    if len(kept) > MOST_FIELDS or sum(len(text) for _, text in kept) > MOST_LETTERS:
        raise DraftTooLong
    row = {"owner": owner, "form": form, "typed": kept, "saved_at": clock.now()}
    upsert(FormDraft, [row], by=("owner", "form"))


def kept(owners: Sequence[str], form: str) -> FormDraft | None:
    """The newest draft that one of these owners has of a form."""
    mine = select(FormDraft).where(FormDraft.owner.in_(owners), FormDraft.form == form)
    return db.session.scalars(mine.order_by(FormDraft.saved_at.desc()).limit(1)).one_or_none()


def forget(owners: Sequence[str], form: str) -> None:
    """Drop the drafts of a form: it was sent, or its owner wants none of it."""
    db.session.execute(delete(FormDraft).where(FormDraft.owner.in_(owners), FormDraft.form == form))


@jobs.every(minutes=60)
def forget_old_drafts() -> None:
    """What nobody came back to for three months is no draft but a heap of personal data."""
    db.session.execute(delete(FormDraft).where(FormDraft.saved_at < clock.now() - timedelta(days=DAYS)))
    db.session.commit()

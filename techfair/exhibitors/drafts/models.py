"""The table of what was typed and not sent yet."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import clock
from techfair.extensions import Model


class FormDraft(Model):
    """A form as somebody left it. ``owner`` is an account or, before there is one, a browser; nobody else reads it."""

    __tablename__ = "form_draft"

    owner: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)  # which one, of which record
    typed: Mapped[list[list[str]]] = mapped_column(JSON)  # pairs of field and text, in the form's order
    saved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

"""The table of words by which people are found."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model

# Compared byte by byte on both databases, so that all words of one beginning stand together.
WORD = String().with_variant(String(collation="C"), "postgresql")


class RegistrationWord(Model):
    """A folded word of somebody's name, organisation or address."""

    __tablename__ = "registration_word"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is the index; nothing else to store

    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True, index=True)

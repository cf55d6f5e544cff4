"""The tables of the catalogue: what was published, as words; and the words, counted."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core.database import one_of
from techfair.extensions import Model

KINDS = ("technology", "need", "exhibitor", "expert")
WORD_FIELDS = ("title_words", "keyword_words", "summary_words", "body_words", "sector_words", "company_words")
BREAK = "|"  # between two texts of a field, so that the end of one and the beginning of the next are no pair
BYTEWISE = String().with_variant(String(collation="C"), "postgresql")


class CatalogueEntry(Model):
    """A published record or a company, as search sees it: folded words by field, and what it is sorted into.

    Lists (sectors, forms of transfer) are their keys between blanks. The full-text index is made from this table by
    the database itself (migration 0032), so that whoever writes here cannot forget it.
    """

    __tablename__ = "catalogue_entry"
    __table_args__ = (
        UniqueConstraint("kind", "record_id"),  # two saves of one record at once leave one entry
        one_of("kind", KINDS),
        Index("ix_catalogue_entry_company_id", "company_id"),
        Index("ix_catalogue_entry_version", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    ref: Mapped[str]
    title_vi: Mapped[str]
    title_en: Mapped[str]
    accented: Mapped[str]  # the title in small letters, with its accents
    title_words: Mapped[str]
    keyword_words: Mapped[str]
    summary_words: Mapped[str]
    body_words: Mapped[str]
    sector_words: Mapped[str]
    company_words: Mapped[str]
    initials: Mapped[str]
    sectors: Mapped[str]
    country: Mapped[str]
    province: Mapped[str]
    readiness: Mapped[int | None]
    transfer_forms: Mapped[str]
    published: Mapped[int]  # seconds since 1970, to sort tens of thousands by without reading dates
    year: Mapped[int | None]
    sort_key: Mapped[str] = mapped_column(BYTEWISE)
    version: Mapped[int]  # of the change that wrote it, as in CatalogueWord


class CatalogueWord(Model):
    """In how many entries a word stands. The row of the empty word counts the entries.

    ``version`` rises with each change, so that a process that knows the catalogue reads only what changed (``known``).
    """

    __tablename__ = "catalogue_word"
    __table_args__ = (Index("ix_catalogue_word_version", "version"), {"sqlite_with_rowid": False})

    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    entries: Mapped[int]
    version: Mapped[int]

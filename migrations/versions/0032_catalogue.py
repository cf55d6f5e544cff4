"""One index of technologies, needs and exhibitors, searched by the database's own full text.

The full-text part follows ``catalogue_entry`` by itself: on SQLite by triggers of an FTS5 table that keeps no text of
its own, on PostgreSQL by generated tsvector columns. Words are folded and split already, so no language of the
database takes part, and both hold the same. A job fills the index from the records that are there.

Revision 0032, after 0031.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

WORDS = ("title_words", "keyword_words", "summary_words", "body_words", "sector_words", "company_words", "initials")
BYTEWISE = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    texts = ("title_vi", "title_en", "accented", *WORDS, "sectors", "country", "province", "transfer_forms")
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("readiness", sa.Integer(), nullable=True),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("sort_key", BYTEWISE, nullable=False),
        sa.CheckConstraint("kind IN ('technology', 'need', 'exhibitor')", name=op.f("ck_catalogue_entry_known_kind")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_catalogue_entry_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_catalogue_entry_kind_record_id")),
    )
    op.create_index("ix_catalogue_entry_company_id", "catalogue_entry", ["company_id"], unique=False)
    op.create_table(
        "catalogue_word",
        sa.Column("word", BYTEWISE, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_catalogue_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_catalogue_word_version", "catalogue_word", ["version"], unique=False)
    for statement in _postgresql() if op.get_bind().dialect.name == "postgresql" else _sqlite():
        op.execute(statement)
    _fill_later()


def _sqlite() -> list[str]:
    names = ", ".join(WORDS)
    new, old = (", ".join(f"{row}.{name}" for name in WORDS) for row in ("new", "old"))
    # External content: the index is told the old words to forget them, which is all that this SQLite can do.
    add = f"INSERT INTO catalogue_fulltext (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
    drop = f"INSERT INTO catalogue_fulltext (catalogue_fulltext, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE catalogue_fulltext USING fts5({names}, content='catalogue_entry', content_rowid='id', "
        "detail='column', tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '+#%'\")",
        f"CREATE TRIGGER catalogue_entry_added AFTER INSERT ON catalogue_entry BEGIN {add} END",
        f"CREATE TRIGGER catalogue_entry_dropped AFTER DELETE ON catalogue_entry BEGIN {drop} END",
        f"CREATE TRIGGER catalogue_entry_changed AFTER UPDATE ON catalogue_entry BEGIN {drop} {add} END",
    ]


def _postgresql() -> list[str]:
    everything = " || ' ' || ".join(WORDS)
    statements = []
    for column, words in (("title_lexemes", "title_words"), ("lexemes", everything)):
        lexemes = f"array_to_tsvector(array_remove(string_to_array({words}, ' '), '|'))"
        statements += [
            f"ALTER TABLE catalogue_entry ADD COLUMN {column} tsvector GENERATED ALWAYS AS ({lexemes}) STORED",
            f"CREATE INDEX ix_catalogue_entry_{column} ON catalogue_entry USING gin ({column})",
        ]
    return statements


def _fill_later() -> None:
    """Have the worker build the index where there are records already."""
    connection = op.get_bind()
    if not connection.execute(sa.text("SELECT 1 FROM company LIMIT 1")).first():
        return
    now = datetime.now(UTC)
    moment = sa.DateTime(timezone=True)
    job = sa.table(
        "job",
        sa.column("name", sa.String),
        sa.column("arguments", sa.JSON),
        sa.column("state", sa.String),
        sa.column("attempts", sa.Integer),
        sa.column("done", sa.Integer),
        sa.column("queued_at", moment),
        sa.column("not_before_at", moment),
    )
    values = {"name": "catalogue.rebuild", "arguments": {}, "state": "queued", "attempts": 0, "done": 0}
    connection.execute(sa.insert(job).values(**values, queued_at=now, not_before_at=now))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE catalogue_fulltext")
    op.drop_table("catalogue_word")
    op.drop_table("catalogue_entry")

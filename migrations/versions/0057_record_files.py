"""Several pictures of a technology, each with captions; documents of needs beside those of technologies.

Revision 0057, after 0056.
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

KEPT = "id, technology_id, title_vi, title_en, level, digest, size, added_at"


def upgrade() -> None:
    _add_pictures()
    _let_needs_have_documents()


def _add_pictures() -> None:
    op.create_table(
        "technology_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("small_digest", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("caption_vi", sa.String(), nullable=False),
        sa.Column("caption_en", sa.String(), nullable=False),
        _key("technology_picture", "technology"),
        sa.PrimaryKeyConstraint("id", name="pk_technology_picture"),
        sa.UniqueConstraint("technology_id", "digest", name="uq_technology_picture_technology_id_digest"),
    )
    op.create_index("ix_technology_picture_technology_id", "technology_picture", ["technology_id"])
    op.execute(
        "INSERT INTO technology_picture (technology_id, position, digest, small_digest, caption_vi, caption_en)"
        " SELECT id, 1, picture_digest, picture_digest, '', '' FROM technology WHERE picture_digest IS NOT NULL"
    )


def _let_needs_have_documents() -> None:
    op.create_table(
        "record_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _key("record_document", "technology"),
        _key("record_document", "need"),
        sa.PrimaryKeyConstraint("id", name="pk_record_document"),
        sa.UniqueConstraint("technology_id", "digest", name="uq_record_document_technology_id_digest"),
        sa.UniqueConstraint("need_id", "digest", name="uq_record_document_need_id_digest"),
        sa.CheckConstraint("level IN ('public', 'request', 'nda')", name=op.f("ck_record_document_known_level")),
        sa.CheckConstraint("(technology_id IS NULL) <> (need_id IS NULL)", name=op.f("ck_record_document_one_record")),
        sa.CheckConstraint(
            "need_id IS NULL OR level = 'public'", name=op.f("ck_record_document_needs_keep_nothing_back")
        ),
    )
    op.execute(f"INSERT INTO record_document ({KEPT}) SELECT {KEPT} FROM technology_document")  # noqa: S608
    op.drop_table("technology_document")
    if op.get_bind().dialect.name == "postgresql":  # the ids that are taken
        op.execute(
            "SELECT setval(pg_get_serial_sequence('record_document', 'id'), (SELECT max(id) FROM record_document))"
        )


def _key(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=f"fk_{table}_{other}_id_{other}")


def downgrade() -> None:
    op.drop_table("technology_picture")
    op.create_table(
        "technology_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _key("technology_document", "technology"),
        sa.PrimaryKeyConstraint("id", name="pk_technology_document"),
        sa.UniqueConstraint("technology_id", "digest", name="uq_technology_document_technology_id_digest"),
        sa.CheckConstraint("level IN ('public', 'request', 'nda')", name=op.f("ck_technology_document_known_level")),
    )
    op.create_index("ix_technology_document_technology_id", "technology_document", ["technology_id"])
    op.execute(
        f"INSERT INTO technology_document ({KEPT}) SELECT {KEPT} FROM record_document"  # noqa: S608
        " WHERE technology_id IS NOT NULL"
    )
    op.drop_table("record_document")

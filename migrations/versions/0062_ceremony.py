"""Ceremonies with their run of show, and copies signed by hand with their scans.

Revision 0062, after 0061.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ceremony",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        _key("ceremony", "fair_id", "fair"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceremony")),
    )
    op.create_index("ix_ceremony_fair", "ceremony", ["fair_id", "starts_at"])
    op.create_table(
        "ceremony_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ceremony_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_on_stage", sa.Boolean(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 60", name=op.f("ck_ceremony_item_takes_minutes")),
        _key("ceremony_item", "ceremony_id", "ceremony"),
        _key("ceremony_item", "agreement_id", "agreement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ceremony_item")),
        sa.UniqueConstraint("ceremony_id", "agreement_id", name=op.f("uq_ceremony_item_ceremony_id_agreement_id")),
        sa.UniqueConstraint("ceremony_id", "position", name=op.f("uq_ceremony_item_ceremony_id_position")),
    )
    op.create_index(op.f("ix_ceremony_item_agreement_id"), "ceremony_item", ["agreement_id"])
    on_stage = sa.text("is_on_stage")
    op.create_index(
        "uq_ceremony_item_on_stage",
        "ceremony_item",
        ["ceremony_id"],
        unique=True,
        sqlite_where=on_stage,
        postgresql_where=on_stage,
    )
    op.create_table(
        "ceremony_person",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.CheckConstraint("part IN ('signer', 'witness', 'guest')", name=op.f("ck_ceremony_person_known_part")),
        _key("ceremony_person", "item_id", "ceremony_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "place", name=op.f("pk_ceremony_person")),
    )
    op.create_table(
        "paper_copy",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("bound_by_id", sa.Integer(), nullable=True),
        _key("paper_copy", "agreement_id", "agreement"),
        _key("paper_copy", "bound_by_id", "user_account"),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_paper_copy")),
    )
    op.create_table(
        "paper_page",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["paper_copy.agreement_id"], name=op.f("fk_paper_page_agreement_id_paper_copy")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "place", name=op.f("pk_paper_page")),
    )
    op.create_index(op.f("ix_paper_page_digest"), "paper_page", ["digest"])


def _key(table: str, column: str, other: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **options)


def downgrade() -> None:
    for table in ("paper_page", "paper_copy", "ceremony_person", "ceremony_item", "ceremony"):
        op.drop_table(table)

"""Sums of scans counted ahead, so that no page counts all scans of a fair.

Revision 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally_mark",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("folded_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_tally_mark_fair_id_fair")),
        sa.PrimaryKeyConstraint("fair_id", name=op.f("pk_tally_mark")),
    )
    op.create_table(
        "scan_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("inside", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "dimension IN ('all', 'quarter', 'gate', 'kind', 'province', 'country')",
            name=op.f("ck_scan_tally_known_dimension"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_scan_tally_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_tally")),
    )
    op.create_index("ix_scan_tally_fair", "scan_tally", ["fair_id", "day"], unique=False)


def downgrade() -> None:
    op.drop_table("scan_tally")
    op.drop_table("tally_mark")

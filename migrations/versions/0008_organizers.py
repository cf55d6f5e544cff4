"""Declared figures.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declared_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("words_vi", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("declared_by", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_contradiction", sa.Boolean(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_declared_figure_value_is_a_figure")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_declared_figure_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_figure")),
    )
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.create_index("ix_declared_figure", ["fair_id", "key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.drop_index("ix_declared_figure")

    op.drop_table("declared_figure")

"""Which of its records a company leaves out at a fair, and whether later ones are shown there by themselves.

Revision 0059, after 0058.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_left_out",
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('technology', 'need')", name=op.f("ck_record_left_out_known_kind")),
        _key("record_left_out"),
        sa.PrimaryKeyConstraint("exhibitor_id", "kind", "record_id", name="pk_record_left_out"),
    )
    op.create_index("ix_record_left_out_record", "record_left_out", ["kind", "record_id"])
    op.create_table(
        "exhibitor_display",
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("takes_new", sa.Boolean(), nullable=False),
        _key("exhibitor_display"),
        sa.PrimaryKeyConstraint("exhibitor_id", name="pk_exhibitor_display"),
    )


def _key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=f"fk_{table}_exhibitor_id_exhibitor")


def downgrade() -> None:
    op.drop_table("exhibitor_display")
    op.drop_table("record_left_out")

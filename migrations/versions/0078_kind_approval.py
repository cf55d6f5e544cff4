"""Kinds of badge that the organizer approves before somebody who chose one gets it.

Revision 0078, after 0074b.
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0074b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kind_approval",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('delegate', 'press')", name=op.f("ck_kind_approval_known_kind")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_kind_approval_fair_id_fair")),
        sa.PrimaryKeyConstraint("fair_id", "kind", name=op.f("pk_kind_approval")),
    )


def downgrade() -> None:
    op.drop_table("kind_approval")

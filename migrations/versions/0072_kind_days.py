"""On which days of a fair the badges of a kind open its gates.

Revision 0072, after 0071c.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071c"
branch_labels = None
depends_on = None

KINDS = ("visitor", "delegate", "exhibitor_staff", "speaker", "press", "guest", "organizer", "vip")


def upgrade() -> None:
    known = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "kind_days",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.CheckConstraint(f"kind IN ({known})", name=op.f("ck_kind_days_known_kind")),
        sa.CheckConstraint("length(CAST(days AS TEXT)) > 2", name=op.f("ck_kind_days_some_day")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_kind_days_fair_id_fair")),
        sa.PrimaryKeyConstraint("fair_id", "kind", name=op.f("pk_kind_days")),
    )


def downgrade() -> None:
    op.drop_table("kind_days")

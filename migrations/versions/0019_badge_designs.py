"""How the badges of a kind look on paper: a design, and a colour of their own.

Revision 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = "'visitor', 'delegate', 'exhibitor_staff', 'speaker', 'press', 'guest', 'organizer', 'vip'"


def upgrade() -> None:
    op.create_table(
        "badge_design",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("design", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_badge_design_known_kind")),
        sa.CheckConstraint("design IN ('classic', 'banner', 'side')", name=op.f("ck_badge_design_known_design")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_badge_design_fair_id_fair")),
        sa.PrimaryKeyConstraint("fair_id", "kind", name=op.f("pk_badge_design")),
    )


def downgrade() -> None:
    op.drop_table("badge_design")

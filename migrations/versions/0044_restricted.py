"""What organizers found about technologies that the list of restricted ones warns of.

Revision 0044, after 0043.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restriction_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("group", "decision", "note", "decided_by")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('not_concerned', 'conditions', 'not_transferred')",
            name=op.f("ck_restriction_decision_known_decision"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_restriction_decision_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_restriction_decision_technology_id_technology")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_restriction_decision"),
        sa.UniqueConstraint(
            "fair_id", "technology_id", "group", name=op.f("uq_restriction_decision_fair_id_technology_id_group")
        ),
    )
    op.create_index("ix_restriction_decision_technology_id", "restriction_decision", ["technology_id"])


def downgrade() -> None:
    op.drop_table("restriction_decision")

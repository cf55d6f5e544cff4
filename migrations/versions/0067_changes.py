"""Documents that amend or terminate earlier ones, and milestones that go on from earlier ones.

Revision 0067, after 0066.
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_change",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.CheckConstraint("deed IN ('amendment', 'termination')", name=op.f("ck_agreement_change_known_deed")),
        sa.CheckConstraint("agreement_id <> first_id", name=op.f("ck_agreement_change_changes_another")),
        _key("agreement_change", "agreement_id", "agreement"),
        _key("agreement_change", "first_id", "agreement"),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_agreement_change")),
    )
    op.create_index(op.f("ix_agreement_change_first_id"), "agreement_change", ["first_id"])
    op.create_table(
        "milestone_origin",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        _key("milestone_origin", "milestone_id", "milestone"),
        _key("milestone_origin", "origin_id", "milestone"),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_milestone_origin")),
    )
    op.create_index(op.f("ix_milestone_origin_origin_id"), "milestone_origin", ["origin_id"])


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    op.drop_table("milestone_origin")
    op.drop_table("agreement_change")

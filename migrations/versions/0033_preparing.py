"""What exhibitors say about their booths, by when each task is due, and the reminders that went out.

Revision 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def _exhibitor(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("exhibitor.id", name=f"fk_{table}_exhibitor_id_exhibitor")
    return sa.Column("exhibitor_id", sa.Integer(), key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "preparation",
        _exhibitor("preparation"),
        sa.Column("fascia_vi", sa.String(), nullable=False),
        sa.Column("fascia_en", sa.String(), nullable=False),
        sa.Column("power_watts", sa.Integer(), nullable=True),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("deliveries", sa.String(), nullable=False),
        sa.Column("has_no_deliveries", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", name="pk_preparation"),
        sa.CheckConstraint("power_watts >= 0", name="ck_preparation_power_is_not_negative"),
    )
    op.create_table(
        "preparation_due",
        sa.Column(
            "fair_id", sa.Integer(), sa.ForeignKey("fair.id", name="fk_preparation_due_fair_id_fair"), nullable=False
        ),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("fair_id", "task", name="pk_preparation_due"),
    )
    op.create_table(
        "preparation_reminder",
        _exhibitor("preparation_reminder"),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("exhibitor_id", "sent_on", name="pk_preparation_reminder"),
    )


def downgrade() -> None:
    for table in ("preparation_reminder", "preparation_due", "preparation"):
        op.drop_table(table)

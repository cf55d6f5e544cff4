"""How many meetings a participant has at most, and which meeting comes before which.

Revision 0074, after 0072.
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_limit",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=True),
        sa.Column("wished", sa.Integer(), nullable=True),
        sa.CheckConstraint("allowed > 0", name=op.f("ck_meeting_limit_allows_one")),
        sa.CheckConstraint("wished > 0", name=op.f("ck_meeting_limit_wishes_one")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_meeting_limit_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_meeting_limit")),
    )
    op.create_table(
        "meeting_order",
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("earlier_id <> later_id", name=op.f("ck_meeting_order_not_before_itself")),
        sa.ForeignKeyConstraint(["earlier_id"], ["meeting.id"], name=op.f("fk_meeting_order_earlier_id_meeting")),
        sa.ForeignKeyConstraint(["later_id"], ["meeting.id"], name=op.f("fk_meeting_order_later_id_meeting")),
        sa.PrimaryKeyConstraint("earlier_id", "later_id", name=op.f("pk_meeting_order")),
    )
    op.create_index(op.f("ix_meeting_order_later_id"), "meeting_order", ["later_id"])


def downgrade() -> None:
    op.drop_table("meeting_order")
    op.drop_table("meeting_limit")

"""What each side says of a meeting.

Revision 0050, after 0049.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STEPS = "'none', 'call', 'visit', 'trial', 'quote', 'memorandum', 'contract'"
VALUES = "'unknown', 'below_1', '1_to_10', '10_to_100', 'above_100'"


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting_result",
        _key("meeting_result", "meeting_id", "meeting"),
        _key("meeting_result", "participant_id", "participant"),
        sa.Column("met", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("interest", "next_step", "value")),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "participant_id", name="pk_meeting_result"),
        sa.CheckConstraint("interest IN ('none', 'some', 'strong')", name="ck_meeting_result_known_interest"),
        sa.CheckConstraint(f"next_step IN ({STEPS})", name="ck_meeting_result_known_next_step"),
        sa.CheckConstraint(f"value IN ({VALUES})", name="ck_meeting_result_known_value"),
        sa.CheckConstraint("met OR interest = 'none'", name="ck_meeting_result_interest_needs_a_meeting"),
    )
    op.create_index("ix_meeting_result_participant_id", "meeting_result", ["participant_id"])


def downgrade() -> None:
    op.drop_table("meeting_result")

"""Who came to a meeting.

Revision 0051, after 0050.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def _key(column: str, other: str) -> sa.Column[int]:
    name = f"fk_meeting_arrival_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting_arrival",
        _key("meeting_id", "meeting"),
        _key("participant_id", "participant"),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "participant_id", name="pk_meeting_arrival"),
    )
    op.create_index("ix_meeting_arrival_participant_id", "meeting_arrival", ["participant_id"])


def downgrade() -> None:
    op.drop_table("meeting_arrival")

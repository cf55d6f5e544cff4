"""The three meetings that matter most to a participant.

Revision 0071c, after 0071b.
"""

import sqlalchemy as sa
from alembic import op

revision = "0071c"
down_revision = "0071b"
branch_labels = None
depends_on = None

TABLE = "ranked_meeting"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank BETWEEN 1 AND 3", name=op.f(f"ck_{TABLE}_one_of_three")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f(f"fk_{TABLE}_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f(f"fk_{TABLE}_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("participant_id", "rank", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("participant_id", "meeting_id", name=op.f(f"uq_{TABLE}_participant_id_meeting_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_meeting_id"), TABLE, ["meeting_id"])


def downgrade() -> None:
    op.drop_table(TABLE)

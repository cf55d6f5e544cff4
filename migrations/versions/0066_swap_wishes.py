"""Participants look at the draft of the timetable and wish for other times.

Revision 0066, after 0065.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("timetable_draft", sa.Column("shown_at", MOMENT, nullable=True))
    op.create_table(
        "swap_wish",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined')", name=op.f("ck_swap_wish_known_state")),
        sa.CheckConstraint("state <> 'declined' OR answer <> ''", name=op.f("ck_swap_wish_decline_has_a_reason")),
        _key("meeting_id", "meeting"),
        _key("participant_id", "participant"),
        _key("slot_id", "slot", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("meeting_id", "participant_id", name=op.f("pk_swap_wish")),
    )
    for column in ("participant_id", "slot_id"):
        op.create_index(op.f(f"ix_swap_wish_{column}"), "swap_wish", [column])


def _key(column: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_swap_wish_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    op.drop_table("swap_wish")
    op.drop_column("timetable_draft", "shown_at")

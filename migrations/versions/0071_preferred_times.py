"""Times that participants would rather have, and an order of goals in the organizer's hands.

Revision 0071, after 0070.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

GOALS = {
    "meetings": ["weight", "alone", "gaps", "wishes", "times", "walks"],
    "everyone": ["alone", "weight", "gaps", "wishes", "times", "walks"],
    "gaps": ["weight", "gaps", "alone", "wishes", "times", "walks"],
}
FIGURED = ("scheduling_run", "timetable_draft")


def upgrade() -> None:
    op.create_table(
        "preferred_time",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_preferred_time_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_preferred_time_slot_id_slot")),
        sa.PrimaryKeyConstraint("participant_id", "slot_id", name=op.f("pk_preferred_time")),
    )
    op.create_index(op.f("ix_preferred_time_slot_id"), "preferred_time", ["slot_id"])
    for table in FIGURED:
        op.add_column(table, sa.Column("off_times", sa.Integer(), nullable=False, server_default="0"))
        op.add_column(table, sa.Column("walks", sa.Integer(), nullable=False, server_default="0"))
    standing = json.dumps(GOALS["meetings"])
    op.add_column("meeting_rules", sa.Column("goals", sa.JSON(), nullable=False, server_default=standing))
    rules = sa.table("meeting_rules", sa.column("aim", sa.String()), sa.column("goals", sa.JSON()))
    for aim, goals in GOALS.items():
        op.execute(rules.update().where(rules.c.aim == aim).values(goals=goals))
    with op.batch_alter_table("meeting_rules") as batch:
        batch.drop_constraint(op.f("ck_meeting_rules_known_aim"), type_="check")
        batch.drop_column("aim")


def downgrade() -> None:
    op.add_column("meeting_rules", sa.Column("aim", sa.String(), nullable=False, server_default="meetings"))
    with op.batch_alter_table("meeting_rules") as batch:
        batch.create_check_constraint(op.f("ck_meeting_rules_known_aim"), "aim IN ('meetings', 'everyone', 'gaps')")
        batch.drop_column("goals")
    for table in FIGURED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("walks")
            batch.drop_column("off_times")
    op.drop_table("preferred_time")

"""Those who stand in at meetings may have an address, and what stands in their calendars is kept.

Revision 0074b, after 0077.
"""

import sqlalchemy as sa
from alembic import op

revision = "0074b"
down_revision = "0077"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("stand_in", sa.Column("email", sa.String(), nullable=False, server_default=""))
    op.add_column("stand_in", sa.Column("language", sa.String(), nullable=False, server_default="vi"))
    op.create_table(
        "stand_in_told",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_stand_in_told_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["stand_in.id"], name=op.f("fk_stand_in_told_stand_in_id_stand_in")),
        sa.PrimaryKeyConstraint("meeting_id", "stand_in_id", name=op.f("pk_stand_in_told")),
    )
    op.create_index(op.f("ix_stand_in_told_stand_in_id"), "stand_in_told", ["stand_in_id"])


def downgrade() -> None:
    op.drop_table("stand_in_told")
    for name in ("language", "email"):
        op.drop_column("stand_in", name)

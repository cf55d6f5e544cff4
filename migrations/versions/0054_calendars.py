"""Calendar entries in mail, addresses of participants' calendars, and who was reminded of which meeting.

Revision 0054, after 0053.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("mail", sa.Column("calendar", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "calendar_feed",
        sa.Column(
            "participant_id",
            sa.Integer(),
            sa.ForeignKey("participant.id", name="fk_calendar_feed_participant_id_participant"),
            nullable=False,
        ),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("secret", name="uq_calendar_feed_secret"),
    )
    op.create_table(
        "meeting_reminder",
        sa.Column(
            "meeting_id",
            sa.Integer(),
            sa.ForeignKey("meeting.id", name="fk_meeting_reminder_meeting_id_meeting"),
            nullable=False,
        ),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "starts_at", name="pk_meeting_reminder"),
    )


def downgrade() -> None:
    op.drop_table("meeting_reminder")
    op.drop_table("calendar_feed")
    op.drop_column("mail", "calendar")

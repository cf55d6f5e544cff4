"""Requests for meetings end by themselves, say when and with whom, and may go to several parties.

Revision 0045, after 0044.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    for name in ("time_wish", "level"):
        op.add_column("meeting_request", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("expires_at", "remind_at"):
        op.add_column("meeting_request", sa.Column(name, MOMENT, nullable=True))
    op.add_column("meeting_request", sa.Column("is_on_behalf", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_meeting_request_expiring", "meeting_request", ["state", "expires_at"])
    op.create_table(
        "meeting_request_party",
        _key("meeting_request_party", "request_id", "meeting_request"),
        _key("meeting_request_party", "participant_id", "participant"),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("request_id", "participant_id", name="pk_meeting_request_party"),
    )
    op.create_index("ix_meeting_request_party_participant_id", "meeting_request_party", ["participant_id"])


def downgrade() -> None:
    op.drop_table("meeting_request_party")
    op.drop_index("ix_meeting_request_expiring", "meeting_request")
    for name in ("is_on_behalf", "remind_at", "expires_at", "level", "time_wish"):
        op.drop_column("meeting_request", name)

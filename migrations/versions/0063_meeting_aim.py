"""What counts first in a timetable of meetings.

Revision 0063, after 0062.
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting_rules") as rules:
        rules.add_column(sa.Column("aim", sa.String(), nullable=False, server_default="meetings"))
        rules.create_check_constraint(op.f("ck_meeting_rules_known_aim"), "aim IN ('meetings', 'everyone', 'gaps')")


def downgrade() -> None:
    with op.batch_alter_table("meeting_rules") as rules:
        rules.drop_constraint(op.f("ck_meeting_rules_known_aim"), type_="check")
        rules.drop_column("aim")

"""The days on which a person, an invitation or a delegation is let in, whatever the kind's days are.

Columns are added in place: nothing is rebuilt, so no trigger is lost.

Revision 0077, after 0074.
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0074"
branch_labels = None
depends_on = None

OWN_DAYS = sa.text("days IS NOT NULL")


def upgrade() -> None:
    for table in ("registration", "invitation", "delegation"):
        op.add_column(table, sa.Column("days", sa.JSON(), nullable=True))
    op.create_index(
        "ix_registration_days",
        "registration",
        ["fair_id", "changed_at"],
        sqlite_where=OWN_DAYS,
        postgresql_where=OWN_DAYS,
    )


def downgrade() -> None:
    op.drop_index("ix_registration_days", "registration")
    for table in ("delegation", "invitation", "registration"):
        op.drop_column(table, "days")

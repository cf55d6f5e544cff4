"""How often and when a signer was reminded.

Columns are added in place: rebuilding the table would be of no use here.

Revision 0055, after 0054.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signature", sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("signature", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("signature", "reminded_at")
    op.drop_column("signature", "reminders")

"""Further addresses to which mails to a person went: they are erased with the person.

Revision 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("registration", sa.Column("written_to", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("registration", "written_to")

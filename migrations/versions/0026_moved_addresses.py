"""Further addresses to which mails to a person went, erased with the person; registrations by the day they were made.

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
    op.create_index("ix_registration_made", "registration", ["fair_id", "state", "kind", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_registration_made", table_name="registration")
    op.drop_column("registration", "written_to")

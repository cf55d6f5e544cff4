"""The change that wrote an entry of the catalogue, so that a process that knows the others reads only the new ones.

Revision 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batch mode, which would make the table anew without the triggers that keep its full-text index.
    op.add_column("catalogue_entry", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_catalogue_entry_version", "catalogue_entry", ["version"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_catalogue_entry_version", "catalogue_entry")
    op.drop_column("catalogue_entry", "version")

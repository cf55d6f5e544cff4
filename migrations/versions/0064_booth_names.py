"""What organizers call their kinds of booths.

Revision 0064, after 0063.
"""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("name_vi", "name_en"):
        op.add_column("booth_terms", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("booth_terms") as table:
        table.drop_column("name_en")
        table.drop_column("name_vi")

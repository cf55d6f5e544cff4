"""Declared figures: their words and who said them in both languages.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.alter_column("source", new_column_name="source_vi")
        batch_op.add_column(sa.Column("source_en", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("words_en", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("declared_figure", schema=None) as batch_op:
        batch_op.drop_column("words_en")
        batch_op.drop_column("source_en")
        batch_op.alter_column("source_vi", new_column_name="source")

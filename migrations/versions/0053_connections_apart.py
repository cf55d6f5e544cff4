"""Connections of one pair of companies that look alike and are two.

Revision 0053, after 0052.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def _connection(column: str) -> sa.Column[int]:
    name = f"fk_connections_apart_{column}_connection"
    return sa.Column(column, sa.Integer(), sa.ForeignKey("connection.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "connections_apart",
        _connection("first_id"),
        _connection("second_id"),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_connections_apart"),
        sa.CheckConstraint("first_id < second_id", name="ck_connections_apart_in_order"),
    )
    op.create_index("ix_connections_apart_second_id", "connections_apart", ["second_id"])


def downgrade() -> None:
    op.drop_table("connections_apart")

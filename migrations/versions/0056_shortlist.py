"""Technologies and needs that people with an account saved.

Revision 0056, after 0055.
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(technology_id IS NULL) <> (need_id IS NULL)", name=op.f("ck_saved_record_one_record")),
        _key("user_id", "user_account"),
        _key("technology_id", "technology"),
        _key("need_id", "need"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_record")),
        sa.UniqueConstraint("user_id", "technology_id", name=op.f("uq_saved_record_user_id_technology_id")),
        sa.UniqueConstraint("user_id", "need_id", name=op.f("uq_saved_record_user_id_need_id")),
    )


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_saved_record_{column}_{other}"))


def downgrade() -> None:
    op.drop_table("saved_record")

"""One person registered twice: which registration went into which.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IS_MERGED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_merged_into_id_registration"), "registration", ["merged_into_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_merged_has_ended"),
            "merged_into_id IS NULL OR (state = 'cancelled' AND merged_into_id <> id)",
        )
    op.create_index(
        "ix_registration_merged",
        "registration",
        ["merged_into_id"],
        sqlite_where=IS_MERGED,
        postgresql_where=IS_MERGED,
    )


def downgrade() -> None:
    op.drop_index("ix_registration_merged", table_name="registration")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_registration_merged_has_ended"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_registration_merged_into_id_registration"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")

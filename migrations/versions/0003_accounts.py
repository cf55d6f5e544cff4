"""Users, roles and counted tries.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent_link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_link")),
    )
    with op.batch_alter_table("spent_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spent_link_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_try")),
    )
    with op.batch_alter_table("try", schema=None) as batch_op:
        batch_op.create_index("ix_try_at", ["at"], unique=False)
        batch_op.create_index("ix_try_counted", ["purpose", "subject", "at"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_user_account_known_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_user_account_email_key")),
    )
    op.create_table(
        "unit_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'staff')", name=op.f("ck_unit_role_known_role")),
        sa.ForeignKeyConstraint(["unit_id"], ["organizing_unit.id"], name=op.f("fk_unit_role_unit_id_organizing_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_unit_role_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_role")),
        sa.UniqueConstraint("user_id", "unit_id", name=op.f("uq_unit_role_user_id_unit_id")),
    )
    with op.batch_alter_table("unit_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_role_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "fair_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("gate_codes", sa.JSON(), nullable=False),
        sa.CheckConstraint("role IN ('steward')", name=op.f("ck_fair_role_known_role")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_role_fair_id_fair")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_fair_role_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_role")),
        sa.UniqueConstraint("user_id", "fair_id", "role", name=op.f("uq_fair_role_user_id_fair_id_role")),
    )
    with op.batch_alter_table("fair_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_role_fair_id"), ["fair_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("fair_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fair_role_fair_id"))

    op.drop_table("fair_role")
    with op.batch_alter_table("unit_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_role_unit_id"))

    op.drop_table("unit_role")
    op.drop_table("user_account")
    with op.batch_alter_table("try", schema=None) as batch_op:
        batch_op.drop_index("ix_try_counted")
        batch_op.drop_index("ix_try_at")

    op.drop_table("try")
    with op.batch_alter_table("spent_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spent_link_expires_at"))

    op.drop_table("spent_link")

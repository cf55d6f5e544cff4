"""Activities that one signs up for: numbered seats and a waiting list.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs_sign_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.alter_column("needs_sign_up", server_default=None)
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('seated', 'waiting', 'left')", name=op.f("ck_sign_up_known_state")),
        sa.CheckConstraint("(state = 'seated') = (seat IS NOT NULL)", name=op.f("ck_sign_up_seated_has_a_seat")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_sign_up_activity_id_activity")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_sign_up_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up")),
        sa.UniqueConstraint("activity_id", "registration_id", name=op.f("uq_sign_up_activity_id_registration_id")),
        sa.UniqueConstraint("activity_id", "seat", name=op.f("uq_sign_up_activity_id_seat")),
    )
    op.create_index("ix_sign_up_registration_id", "sign_up", ["registration_id"])
    op.create_index(
        "ix_sign_up_waiting", "sign_up", ["activity_id", "turn"], sqlite_where=WAITS, postgresql_where=WAITS
    )


def downgrade() -> None:
    op.drop_table("sign_up")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_column("needs_sign_up")

"""Servers in a hall: who they are, how far they have exchanged, and when each row changed here.

Revision 0025, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ENDED = sa.text("ended_at IS NOT NULL")
# When a row changed so far: the last of the moments that it holds already.
CHANGED = {
    "registration": "COALESCE(erased_at, created_at)",
    "badge": "COALESCE(ended_at, issued_at)",
    "sign_up": "asked_at",
}


def upgrade() -> None:
    _make_tables()
    for table, moment in CHANGED.items():
        op.add_column(table, sa.Column("changed_at", MOMENT, nullable=True))
        op.execute(f"UPDATE {table} SET changed_at = {moment}")  # noqa: S608  # names of our own
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("changed_at", existing_type=MOMENT, nullable=False)
    op.add_column("head_count", sa.Column("received_at", MOMENT, nullable=True))
    op.execute("UPDATE head_count SET received_at = counted_at")
    with op.batch_alter_table("head_count", schema=None) as batch_op:
        batch_op.alter_column("received_at", existing_type=MOMENT, nullable=False)
    op.add_column("badge", sa.Column("signed_elsewhere", sa.String(), nullable=True))
    op.add_column("scan", sa.Column("is_exchanged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("ix_badge_ended", table_name="badge")
    op.create_index("ix_badge_ended", "badge", ["fair_id", "changed_at"], sqlite_where=ENDED, postgresql_where=ENDED)
    op.create_index("ix_badge_changed", "badge", ["fair_id", "changed_at"])
    op.create_index("ix_registration_changed", "registration", ["fair_id", "changed_at"])
    op.create_index("ix_sign_up_changed_at", "sign_up", ["changed_at"])


def _make_tables() -> None:
    op.create_table(
        "hall_server",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("join_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("join_until", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_contact_at", MOMENT, nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 15", name=op.f("ck_hall_server_number_of_a_key")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_hall_server_waiting_is_a_count")),
        sa.CheckConstraint("(join_digest IS NULL) = (join_until IS NULL)", name=op.f("ck_hall_server_joins_until")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_hall_server_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_server")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_hall_server_fair_id_number")),
        sa.UniqueConstraint("join_digest", name=op.f("uq_hall_server_join_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_hall_server_token_digest")),
    )
    op.create_table(
        "hall_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("central", sa.String(), nullable=False),
        sa.Column("badge_address", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.Column("plan_digest", sa.String(), nullable=False),
        sa.Column("people_taken", sa.String(), nullable=False),
        sa.Column("scans_taken", sa.String(), nullable=False),
        sa.Column("people_sent", sa.String(), nullable=False),
        sa.Column("scans_sent", sa.String(), nullable=False),
        sa.Column("counts_sent", sa.String(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("exchanged_at", MOMENT, nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_hall_link_one_central_server")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_hall_link_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_link")),
    )


def downgrade() -> None:
    op.drop_index("ix_sign_up_changed_at", table_name="sign_up")
    op.drop_index("ix_registration_changed", table_name="registration")
    op.drop_index("ix_badge_changed", table_name="badge")
    op.drop_index("ix_badge_ended", table_name="badge")
    op.create_index("ix_badge_ended", "badge", ["fair_id", "ended_at"], sqlite_where=ENDED, postgresql_where=ENDED)
    op.drop_column("scan", "is_exchanged")
    op.drop_column("badge", "signed_elsewhere")
    op.drop_column("head_count", "received_at")
    for table in CHANGED:
        op.drop_column(table, "changed_at")
    op.drop_table("hall_link")
    op.drop_table("hall_server")

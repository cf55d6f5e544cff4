"""Gates without network: how devices join, what waits on them, and decisions on conflicts.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ENDED = sa.text("ended_at IS NOT NULL")
LOST = sa.text("device_verdict = 'admitted' AND verdict <> 'admitted'")
FINDINGS = "finding IN ('same_person', 'badge_shared', 'wrong_reading', 'unclear')"


def upgrade() -> None:
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gives_names", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("join_digest", sa.LargeBinary(length=32), nullable=True))
        batch_op.add_column(sa.Column("join_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_unique_constraint(batch_op.f("uq_device_join_digest"), ["join_digest"])
        batch_op.create_check_constraint(batch_op.f("ck_device_waiting_is_a_count"), "waiting >= 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_device_joins_until"), "(join_digest IS NULL) = (join_until IS NULL)"
        )
    op.create_index("ix_badge_ended", "badge", ["fair_id", "ended_at"], sqlite_where=ENDED, postgresql_where=ENDED)
    op.create_index("ix_scan_lost", "scan", ["fair_id", "scanned_at"], sqlite_where=LOST, postgresql_where=LOST)
    op.create_table(
        "conflict_decision",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(FINDINGS, name=op.f("ck_conflict_decision_known_finding")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_conflict_decision_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_conflict_decision_scan_id_scan")),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_conflict_decision")),
    )


def downgrade() -> None:
    op.drop_table("conflict_decision")
    op.drop_index("ix_scan_lost", table_name="scan")
    op.drop_index("ix_badge_ended", table_name="badge")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_device_joins_until"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_device_waiting_is_a_count"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_device_join_digest"), type_="unique")
        batch_op.drop_column("waiting")
        batch_op.drop_column("join_until")
        batch_op.drop_column("join_digest")
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.drop_column("gives_names")

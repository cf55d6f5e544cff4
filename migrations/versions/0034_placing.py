"""Requests for booths, offers that expire, what exhibitors wish, and who is kept apart.

Revision 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

REQUESTED = sa.text("state = 'requested'")


def upgrade() -> None:
    op.add_column("booth_assignment", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE booth_assignment SET expires_at = changed_at WHERE state = 'offered'")
    with op.batch_alter_table("booth_assignment") as assignment:
        assignment.create_check_constraint(
            op.f("ck_booth_assignment_offer_expires"), "state <> 'offered' OR expires_at IS NOT NULL"
        )
    op.create_index(
        "uq_booth_assignment_request",
        "booth_assignment",
        ["booth_id", "exhibitor_id"],
        unique=True,
        sqlite_where=REQUESTED,
        postgresql_where=REQUESTED,
    )
    op.create_index("ix_booth_assignment_expiring", "booth_assignment", ["state", "expires_at"])
    op.create_table(
        "booth_wish",
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("square_metres", sa.Integer(), nullable=True),
        sa.Column("hall_id", sa.Integer(), nullable=True),
        sa.Column("needs_power", sa.Boolean(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "category IN ('standard', 'corner', 'island', 'outdoor')", name=op.f("ck_booth_wish_known_category")
        ),
        sa.CheckConstraint("square_metres > 0", name=op.f("ck_booth_wish_has_an_area")),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_booth_wish_exhibitor_id_exhibitor")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_booth_wish_hall_id_hall"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("exhibitor_id", name=op.f("pk_booth_wish")),
    )
    op.create_table(
        "kept_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_kept_apart_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["exhibitor.id"], name=op.f("fk_kept_apart_first_id_exhibitor")),
        sa.ForeignKeyConstraint(["second_id"], ["exhibitor.id"], name=op.f("fk_kept_apart_second_id_exhibitor")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_kept_apart")),
    )


def downgrade() -> None:
    op.drop_table("kept_apart")
    op.drop_table("booth_wish")
    op.drop_index("ix_booth_assignment_expiring", table_name="booth_assignment")
    op.drop_index("uq_booth_assignment_request", table_name="booth_assignment")
    with op.batch_alter_table("booth_assignment") as assignment:
        assignment.drop_constraint(op.f("ck_booth_assignment_offer_expires"), type_="check")
        assignment.drop_column("expires_at")

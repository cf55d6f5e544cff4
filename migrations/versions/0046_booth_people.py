"""Staff of exhibitors with badges, codes for their guests, and the quotas of both.

Revision 0046, after 0045.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CATEGORIES = "category IN ('', 'standard', 'corner', 'island', 'outdoor')"


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "booth_people_quota",
        _key("booth_people_quota", "fair_id", "fair"),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fair_id", "category", name="pk_booth_people_quota"),
        sa.CheckConstraint(CATEGORIES, name="ck_booth_people_quota_known_category"),
        sa.CheckConstraint("staff >= 0 AND guests >= 0", name="ck_booth_people_quota_not_negative"),
    )
    op.create_table(
        "staff_badge",
        _key("staff_badge", "registration_id", "registration"),
        _key("staff_badge", "exhibitor_id", "exhibitor"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name="pk_staff_badge"),
        sa.UniqueConstraint("exhibitor_id", "place", name="uq_staff_badge_exhibitor_id_place"),
        sa.CheckConstraint("place > 0", name="ck_staff_badge_counts_from_one"),
    )
    op.create_table(
        "guest_code",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("guest_code", "exhibitor_id", "exhibitor"),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_guest_code"),
        sa.UniqueConstraint("code", name="uq_guest_code_code"),
        sa.CheckConstraint("places > 0", name="ck_guest_code_is_for_somebody"),
    )
    op.create_index("ix_guest_code_exhibitor_id", "guest_code", ["exhibitor_id"])
    op.create_table(
        "guest_use",
        _key("guest_use", "registration_id", "registration"),
        _key("guest_use", "code_id", "guest_code"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("registration_id", name="pk_guest_use"),
        sa.UniqueConstraint("code_id", "place", name="uq_guest_use_code_id_place"),
        sa.CheckConstraint("place > 0", name="ck_guest_use_counts_from_one"),
    )


def downgrade() -> None:
    for table in ("guest_use", "guest_code", "staff_badge", "booth_people_quota"):
        op.drop_table(table)

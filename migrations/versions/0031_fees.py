"""Booth fees: the account they are paid to, what is asked for, and what came in.

Revision 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee_account",
        sa.Column(
            "fair_id", sa.Integer(), sa.ForeignKey("fair.id", name="fk_fee_account_fair_id_fair"), nullable=False
        ),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fair_id", name="pk_fee_account"),
    )
    op.create_table(
        "fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), sa.ForeignKey("fair.id", name="fk_fee_fair_id_fair"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "exhibitor_id",
            sa.Integer(),
            sa.ForeignKey("exhibitor.id", name="fk_fee_exhibitor_id_exhibitor"),
            nullable=False,
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("account_number", sa.String(), nullable=False),
        sa.Column("account_holder", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fee"),
        sa.UniqueConstraint("fair_id", "number", name="uq_fee_fair_id_number"),
        sa.UniqueConstraint("form_token", name="uq_fee_form_token"),
        sa.CheckConstraint("state IN ('issued', 'paid', 'cancelled')", name="ck_fee_known_state"),
    )
    op.create_index("ix_fee_exhibitor", "fee", ["exhibitor_id"])
    op.create_table(
        "fee_line",
        sa.Column("fee_id", sa.Integer(), sa.ForeignKey("fee.id", name="fk_fee_line_fee_id_fee"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("fee_id", "place", name="pk_fee_line"),
        sa.CheckConstraint("amount > 0", name="ck_fee_line_costs_something"),
    )
    op.create_table(
        "fee_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fee_id", sa.Integer(), sa.ForeignKey("fee.id", name="fk_fee_payment_fee_id_fee"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by_id",
            sa.Integer(),
            sa.ForeignKey("user_account.id", name="fk_fee_payment_recorded_by_id_user_account"),
            nullable=True,
        ),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fee_payment"),
        sa.UniqueConstraint("form_token", name="uq_fee_payment_form_token"),
        sa.CheckConstraint("amount > 0", name="ck_fee_payment_is_money"),
    )
    op.create_index("ix_fee_payment_fee", "fee_payment", ["fee_id"])


def downgrade() -> None:
    for table in ("fee_payment", "fee_line", "fee", "fee_account"):
        op.drop_table(table)

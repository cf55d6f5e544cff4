"""Signers beside the representatives, in ranks and roles, and a day by which all have signed.

Columns are added in place: rebuilding agreement and party would lose their triggers.

Revision 0058, after 0057.
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_signer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role IN ('signer', 'approver', 'witness', 'copy')", name=op.f("ck_planned_signer_known_role")
        ),
        sa.CheckConstraint("rank BETWEEN 1 AND 9", name=op.f("ck_planned_signer_rank_is_small")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_planned_signer_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_planned_signer_party_id_party"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_signer")),
        sa.UniqueConstraint("agreement_id", "email", name=op.f("uq_planned_signer_agreement_id_email")),
    )
    op.create_index(op.f("ix_planned_signer_party_id"), "planned_signer", ["party_id"])
    op.add_column("party", sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("signature", sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("signature", sa.Column("field", sa.String(), nullable=False, server_default=""))
    op.add_column("agreement", sa.Column("sign_by_on", sa.Date(), nullable=True))
    op.add_column("agreement", sa.Column("late_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("agreement", "late_told_at")
    op.drop_column("agreement", "sign_by_on")
    op.drop_column("signature", "field")
    op.drop_column("signature", "rank")
    op.drop_column("party", "rank")
    op.drop_table("planned_signer")

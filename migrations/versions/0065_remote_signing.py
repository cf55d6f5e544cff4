"""Services that keep signers' keys, and signatures on their way there and back.

Revision 0065, after 0064.
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user_account.id"], name=op.f("fk_signing_service_added_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_service")),
    )
    op.create_table(
        "remote_signing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("step IN ('sign_in', 'release')", name=op.f("ck_remote_signing_known_step")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["signing_service.id"], name=op.f("fk_remote_signing_service_id_signing_service")
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["signature.id"], name=op.f("fk_remote_signing_signature_id_signature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_signing")),
    )
    op.create_index(op.f("ix_remote_signing_signature_id"), "remote_signing", ["signature_id"])


def downgrade() -> None:
    op.drop_table("remote_signing")
    op.drop_table("signing_service")

"""Documents that wait for the signature of a card or token at the signer's own desk.

Revision 0070, after 0069.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_signing",
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["signature.id"], name=op.f("fk_device_signing_signature_id_signature")
        ),
        sa.PrimaryKeyConstraint("signature_id", name=op.f("pk_device_signing")),
    )


def downgrade() -> None:
    op.drop_table("device_signing")

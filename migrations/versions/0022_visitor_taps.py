"""Which taps of visitors have arrived, so that one kept on a phone and sent twice is done once.

Revision 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visitor_tap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_visitor_tap_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_tap")),
    )
    op.create_index(op.f("ix_visitor_tap_registration_id"), "visitor_tap", ["registration_id"])


def downgrade() -> None:
    op.drop_table("visitor_tap")

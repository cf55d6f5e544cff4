"""One-time codes by which a visitor links a phone to their badge.

Revision 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_code",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("next_mail_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("(digest IS NULL) = (expires_at IS NULL)", name=op.f("ck_link_code_expires")),
        sa.CheckConstraint("asked >= 0 AND tries >= 0", name=op.f("ck_link_code_counts")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_link_code_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_link_code")),
    )


def downgrade() -> None:
    op.drop_table("link_code")

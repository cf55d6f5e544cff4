"""Invitations: one address, one kind, used once.

Revision 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STANDS = sa.text("used_at IS NULL AND revoked_at IS NULL")
KINDS = "'visitor', 'delegate', 'exhibitor_staff', 'speaker', 'press', 'guest', 'organizer', 'vip'"


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_invitation_known_kind")),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_invitation_known_language")),
        sa.CheckConstraint(
            "(used_at IS NULL) = (registration_id IS NULL)", name=op.f("ck_invitation_used_by_somebody")
        ),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_invitation_expires_later")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_invitation_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_invitation_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index("ix_invitation_fair", "invitation", ["fair_id", "id"])
    op.create_index("ix_invitation_registration_id", "invitation", ["registration_id"])
    op.create_index(
        "uq_invitation_standing",
        "invitation",
        ["fair_id", "email_key"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_table("invitation")

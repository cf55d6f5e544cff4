"""Exhibitors scan badges, visitors keep exhibitors.

Revision 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN_SHARE = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "lead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_lead_exhibitor_id_exhibitor")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_lead_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("exhibitor_id", "registration_id", name=op.f("uq_lead_exhibitor_id_registration_id")),
    )
    op.create_index("ix_lead_registration_id", "lead", ["registration_id"])
    op.create_table(
        "lead_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_lead_note_rating_is_of_five")),
        sa.CheckConstraint("way IN ('scanned', 'asked')", name=op.f("ck_lead_note_way")),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_lead_note_lead_id_lead")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_lead_note_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_note")),
    )
    op.create_index("ix_lead_note_lead", "lead_note", ["lead_id", "noted_at"])
    op.create_table(
        "lead_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_lead_question_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_question")),
        sa.UniqueConstraint("exhibitor_id", "text", name=op.f("uq_lead_question_exhibitor_id_text")),
    )
    op.create_table(
        "contact_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_contact_share_withdrawn_after_given")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_contact_share_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_contact_share_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_share")),
    )
    op.create_index(
        "uq_contact_share_open",
        "contact_share",
        ["registration_id", "exhibitor_id"],
        unique=True,
        sqlite_where=OPEN_SHARE,
        postgresql_where=OPEN_SHARE,
    )
    op.create_table(
        "kept_exhibitor",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_kept_exhibitor_exhibitor_id_exhibitor")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_kept_exhibitor_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("registration_id", "exhibitor_id", name=op.f("pk_kept_exhibitor")),
    )


def downgrade() -> None:
    for table in ("kept_exhibitor", "contact_share", "lead_question", "lead_note", "lead"):
        op.drop_table(table)

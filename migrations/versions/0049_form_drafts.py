"""Drafts of long forms.

Revision 0049, after 0048.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_draft",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "form", name="pk_form_draft"),
    )
    op.create_index("ix_form_draft_saved_at", "form_draft", ["saved_at"])


def downgrade() -> None:
    op.drop_table("form_draft")

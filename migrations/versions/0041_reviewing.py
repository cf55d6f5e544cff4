"""Reviewers of applications, and notes among organizers.

Revision 0041, after 0040.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "application_reviewer",
        _key("application_reviewer", "application_id", "application"),
        _key("application_reviewer", "user_id", "user_account"),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_application_reviewer"),
    )
    op.create_index("ix_application_reviewer_user_id", "application_reviewer", ["user_id"])
    op.create_table(
        "application_note",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("application_note", "application_id", "application"),
        _key("application_note", "author_id", "user_account"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application_note"),
        sa.CheckConstraint("text <> ''", name="ck_application_note_says_something"),
    )
    op.create_index("ix_application_note_application_id", "application_note", ["application_id"])


def downgrade() -> None:
    op.drop_table("application_note")
    op.drop_table("application_reviewer")

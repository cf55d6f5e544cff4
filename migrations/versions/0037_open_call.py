"""The open call of a fair: conditions in versions, questions, and what applicants said to both.

Revision 0037, after 0036.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "call_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("call_terms", "fair_id", "fair"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_vi", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_terms"),
        sa.UniqueConstraint("fair_id", "version", name="uq_call_terms_fair_id_version"),
        sa.CheckConstraint("version > 0", name="ck_call_terms_counts_from_one"),
    )
    op.create_table(
        "call_acceptance",
        _key("call_acceptance", "application_id", "application"),
        _key("call_acceptance", "terms_id", "call_terms"),
        sa.Column("accepted_at", MOMENT, nullable=False),
        _key("call_acceptance", "accepted_by_id", "user_account"),
        sa.PrimaryKeyConstraint("application_id", "terms_id", name="pk_call_acceptance"),
    )
    op.create_table(
        "call_question",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("call_question", "fair_id", "fair"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("text_vi", "text_en", "hint_vi", "hint_en")),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_question"),
        sa.CheckConstraint(
            "kind IN ('line', 'text', 'one', 'several', 'yes_no', 'number')", name="ck_call_question_known_kind"
        ),
        sa.CheckConstraint("text_vi <> ''", name="ck_call_question_asks_something"),
    )
    op.create_index("ix_call_question_fair", "call_question", ["fair_id", "place"])
    op.create_table(
        "call_answer",
        _key("call_answer", "application_id", "application"),
        _key("call_answer", "question_id", "call_question"),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "question_id", name="pk_call_answer"),
    )
    op.create_index("ix_call_answer_question_id", "call_answer", ["question_id"])


def downgrade() -> None:
    for table in ("call_answer", "call_question", "call_acceptance", "call_terms"):
        op.drop_table(table)

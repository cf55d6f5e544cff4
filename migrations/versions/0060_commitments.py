"""Reports of what was promised: who was asked, what was reported with which evidence, what was decided.

Revision 0060, after 0059.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "progress_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.CheckConstraint("reminders >= 0", name=op.f("ck_progress_request_counts_reminders")),
        _key("progress_request", "agreement_id", "agreement"),
        _key("progress_request", "party_id", "party"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_request")),
        sa.UniqueConstraint("party_id", "period_on", name=op.f("uq_progress_request_party_id_period_on")),
    )
    op.create_index("ix_progress_request_agreement", "progress_request", ["agreement_id"])
    op.create_table(
        "progress_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'accepted', 'returned', 'replaced')", name=op.f("ck_progress_report_known_state")
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'returned')) = (decided_at IS NOT NULL)",
            name=op.f("ck_progress_report_decided_is_dated"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR reason <> ''", name=op.f("ck_progress_report_returned_has_a_reason")
        ),
        _key("progress_report", "agreement_id", "agreement"),
        _key("progress_report", "party_id", "party"),
        _key("progress_report", "decided_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_report")),
        sa.UniqueConstraint("form_token", name=op.f("uq_progress_report_form_token")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "uq_progress_report_waiting",
        "progress_report",
        ["party_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_progress_report_agreement", "progress_report", ["agreement_id", "state"])
    op.create_table(
        "progress_line",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("actual", sa.BigInteger(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.CheckConstraint("actual >= 0", name=op.f("ck_progress_line_is_an_amount")),
        sa.CheckConstraint(
            "actual IS NOT NULL OR reached_on IS NOT NULL", name=op.f("ck_progress_line_says_something")
        ),
        _key("progress_line", "report_id", "progress_report"),
        _key("progress_line", "milestone_id", "milestone"),
        sa.PrimaryKeyConstraint("report_id", "milestone_id", name=op.f("pk_progress_line")),
    )
    op.create_index("ix_progress_line_milestone", "progress_line", ["milestone_id"])
    op.create_table(
        "progress_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        _key("progress_file", "report_id", "progress_report"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_file")),
        sa.UniqueConstraint("report_id", "digest", name=op.f("uq_progress_file_report_id_digest")),
    )


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def downgrade() -> None:
    for table in ("progress_file", "progress_line", "progress_report", "progress_request"):
        op.drop_table(table)

"""What is kept back of technologies, requests for it, promises of confidentiality, and each showing.

Documents get the level that asks for a promise.

Revision 0040, after 0039.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state IN ('asked', 'granted')")
LEVELS = "ck_technology_document_known_level"
LEVELS_BEFORE = f"ck_technology_document_{LEVELS}"  # as 0036 named it, by the convention once too often


def upgrade() -> None:
    op.create_table(
        "technology_kept_back",
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        _key("technology_kept_back", "technology_id", "technology"),
        sa.PrimaryKeyConstraint("technology_id", name="pk_technology_kept_back"),
    )
    _requests()
    op.create_table(
        "disclosure_undertaking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("version", "digest", "text", "signed_name")),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        _key("disclosure_undertaking", "request_id", "disclosure_request"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure_undertaking"),
        sa.UniqueConstraint("request_id", name="uq_disclosure_undertaking_request_id"),
    )
    op.create_table(
        "disclosure_showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        _key("disclosure_showing", "request_id", "disclosure_request"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure_showing"),
    )
    op.create_index("ix_disclosure_showing_request_id", "disclosure_showing", ["request_id"])
    _let_documents_be("'public', 'request', 'nda'", LEVELS_BEFORE, LEVELS)


def _requests() -> None:
    texts = ("asker", "name", "organisation", "purpose", "state", "reason")
    op.create_table(
        "disclosure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'declined', 'withdrawn', 'revoked')",
            name=op.f("ck_disclosure_request_known_state"),
        ),
        sa.CheckConstraint("level IN ('request', 'nda')", name=op.f("ck_disclosure_request_known_level")),
        _key("disclosure_request", "technology_id", "technology"),
        _key("disclosure_request", "fair_id", "fair"),
        _key("disclosure_request", "decided_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure_request"),
    )
    op.create_index(
        "uq_disclosure_request_open",
        "disclosure_request",
        ["technology_id", "asker"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_disclosure_request_asker", "disclosure_request", ["asker"])


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _let_documents_be(levels: str, before: str, after: str) -> None:
    with op.batch_alter_table("technology_document") as table:
        table.drop_constraint(op.f(before), type_="check")
        table.create_check_constraint(op.f(after), f"level IN ({levels})")


def downgrade() -> None:
    op.execute("UPDATE technology_document SET level = 'request' WHERE level = 'nda'")
    _let_documents_be("'public', 'request'", LEVELS, LEVELS_BEFORE)
    for table in ("disclosure_showing", "disclosure_undertaking", "disclosure_request", "technology_kept_back"):
        op.drop_table(table)

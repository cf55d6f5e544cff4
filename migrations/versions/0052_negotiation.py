"""Negotiation, and a settled text that the database itself lets nobody change.

On SQLite a table that a later migration rebuilds loses its triggers: such a migration calls ``guard`` again, as
the constant SETTLED and the test of settled texts show.

Revision 0052, after 0051.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COLUMNS = [
    "kind",
    "number",
    "template_id",
    "subject_vi",
    "subject_en",
    "languages",
    "value",
    "value_high",
    "value_currency",
    "value_rate",
    "value_rate_on",
    "is_confidential",
    "sector",
    "place",
    "area_m2",
    "transfer_form",
    "valid_until_on",
    "clauses",
    "meeting_id",
    "connection_id",
    "content_format",
    "frozen_digest",
]
SIDES = ["position", "name_vi", "name_en", "tax_code", "address", "representative", "representative_title", "email"]
ROWS = ("milestone", "agreement_technology")
SETTLED = "the text of this agreement is settled"
IS_SETTLED = "EXISTS (SELECT 1 FROM agreement WHERE id = {row}.agreement_id AND frozen_digest <> '')"


def upgrade() -> None:
    _tables()
    guard()


def guard() -> None:
    """Let the database refuse any change of a settled agreement, its parties, milestones and technologies."""
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SETTLED}'); END"
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COLUMNS)
    op.execute(
        f"CREATE TRIGGER agreement_is_settled BEFORE UPDATE OF {', '.join(COLUMNS)} ON agreement"
        f" WHEN OLD.frozen_digest <> '' AND ({changed}) {refuse}"
    )
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in SIDES)
    op.execute(
        f"CREATE TRIGGER party_is_settled BEFORE UPDATE OF {', '.join(SIDES)} ON party"
        f" WHEN ({changed}) AND {IS_SETTLED.format(row='OLD')} {refuse}"
    )
    for table in ("party", *ROWS):
        for deed, row in (("INSERT", "NEW"), ("DELETE", "OLD"), *([("UPDATE", "OLD")] if table in ROWS else [])):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{deed.lower()} BEFORE {deed} ON {table}"
                f" WHEN {IS_SETTLED.format(row=row)} {refuse}"
            )


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION agreement_is_settled() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SETTLED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    changed = " OR ".join(f"OLD.{name}::text IS DISTINCT FROM NEW.{name}::text" for name in COLUMNS)
    op.execute(
        f"CREATE TRIGGER agreement_is_settled BEFORE UPDATE OF {', '.join(COLUMNS)} ON agreement FOR EACH ROW"
        f" WHEN (OLD.frozen_digest <> '' AND ({changed})) EXECUTE FUNCTION agreement_is_settled()"
    )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SIDES)
    op.execute(
        "CREATE FUNCTION agreement_row_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE touched record; BEGIN"
        " IF TG_OP = 'INSERT' THEN touched := NEW; ELSE touched := OLD; END IF;"
        f" IF {IS_SETTLED.format(row='touched')} THEN RAISE EXCEPTION '{SETTLED}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    row = "FOR EACH ROW EXECUTE FUNCTION agreement_row_is_settled()"
    op.execute(f"CREATE TRIGGER party_refuses BEFORE INSERT OR DELETE ON party {row}")
    op.execute(
        f"CREATE TRIGGER party_is_settled BEFORE UPDATE OF {', '.join(SIDES)} ON party FOR EACH ROW"
        f" WHEN ({changed}) EXECUTE FUNCTION agreement_row_is_settled()"
    )
    for table in ROWS:
        op.execute(f"CREATE TRIGGER {table}_refuses BEFORE INSERT OR UPDATE OR DELETE ON {table} {row}")


def _key(table: str, column: str, other: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", **options)


def _tables() -> None:
    op.create_table(
        "agreement_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _key("agreement_text", "agreement_id", "agreement"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_text"),
        sa.UniqueConstraint("agreement_id", "number", name="uq_agreement_text_agreement_id_number"),
    )
    op.create_table(
        "clause_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        _key("clause_comment", "agreement_id", "agreement"),
        sa.PrimaryKeyConstraint("id", name="pk_clause_comment"),
    )
    op.create_index("ix_clause_comment_agreement", "clause_comment", ["agreement_id"])
    op.create_table(
        "clause_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("email", "author", "reason", "state")),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        _key("clause_proposal", "agreement_id", "agreement"),
        sa.PrimaryKeyConstraint("id", name="pk_clause_proposal"),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'rejected', 'withdrawn', 'outdated')",
            name=op.f("ck_clause_proposal_known_state"),
        ),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_clause_proposal_decided_is_dated")),
    )
    op.create_index("ix_clause_proposal_agreement", "clause_proposal", ["agreement_id"])
    op.create_table(
        "agreement_consent",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        _key("agreement_consent", "party_id", "party", ondelete="CASCADE"),
        _key("agreement_consent", "agreement_id", "agreement"),
        sa.PrimaryKeyConstraint("party_id", name="pk_agreement_consent"),
    )
    op.create_index("ix_agreement_consent_agreement_id", "agreement_consent", ["agreement_id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER agreement_is_settled")
        op.execute("DROP TRIGGER party_is_settled")
        for table in ("party", *ROWS):
            for deed in ("insert", "delete", *(["update"] if table in ROWS else [])):
                op.execute(f"DROP TRIGGER {table}_refuses_{deed}")
    else:
        op.execute("DROP FUNCTION agreement_is_settled CASCADE")
        op.execute("DROP FUNCTION agreement_row_is_settled CASCADE")
    for table in ("agreement_consent", "clause_proposal", "clause_comment", "agreement_text"):
        op.drop_table(table)

"""Experts and innovative firms, and their entries in the catalogue.

Revision 0048, after 0047.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = "ck_catalogue_entry_known_kind"


def upgrade() -> None:
    texts = ("public_ref", "kind", "state", "name", "position_vi", "position_en", "summary_vi", "summary_en")
    op.create_table(
        "expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in (*texts, "website", "email", "language")),
        sa.Column("link_epoch", sa.Integer(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('person', 'firm')", name=op.f("ck_expert_known_kind")),
        sa.CheckConstraint(
            "state IN ('draft', 'asked', 'published', 'declined', 'withdrawn')", name=op.f("ck_expert_known_state")
        ),
        _key("expert", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("public_ref", name=op.f("uq_expert_public_ref")),
    )
    op.create_index("ix_expert_company", "expert", ["company_id", "state"])
    op.create_table(
        "expert_sector",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        _key("expert_sector", "expert_id", "expert"),
        sa.PrimaryKeyConstraint("expert_id", "sector", name=op.f("pk_expert_sector")),
    )
    op.create_table(
        "expert_technology",
        sa.Column("expert_id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        _key("expert_technology", "expert_id", "expert"),
        _key("expert_technology", "technology_id", "technology"),
        sa.PrimaryKeyConstraint("expert_id", "technology_id", name=op.f("pk_expert_technology")),
    )
    op.create_index("ix_expert_technology_technology_id", "expert_technology", ["technology_id"])
    _let_entries_be("'technology', 'need', 'exhibitor', 'expert'")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _let_entries_be(kinds: str) -> None:
    """Change the kinds of entries; SQLite makes the table anew, so its full-text triggers are put back after it."""
    connection = op.get_bind()
    triggers = []
    if connection.dialect.name == "sqlite":
        kept = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'catalogue_entry'"
        triggers = list(connection.execute(sa.text(kept)).scalars())
    with op.batch_alter_table("catalogue_entry") as table:
        table.drop_constraint(op.f(KINDS), type_="check")
        table.create_check_constraint(op.f(KINDS), f"kind IN ({kinds})")
    for trigger in triggers:
        connection.exec_driver_sql(trigger)


def downgrade() -> None:
    op.execute("DELETE FROM catalogue_entry WHERE kind = 'expert'")
    _let_entries_be("'technology', 'need', 'exhibitor'")
    for table in ("expert_technology", "expert_sector", "expert"):
        op.drop_table(table)

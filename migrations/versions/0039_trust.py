"""By whose certificates documents are signed, whose are trusted, and the evidence beside each document.

Revision 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, **more: bool) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), **more)


def upgrade() -> None:
    op.create_table(
        "fair_authority",
        _key("fair_authority", "fair_id", "fair", nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("fair_id", name="pk_fair_authority"),
    )
    op.create_table(
        "seal_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("seal_certificate", "fair_id", "fair", nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", MOMENT, nullable=False),
        _key("seal_certificate", "set_by_id", "user_account", nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_seal_certificate"),
        sa.CheckConstraint("source IN ('own', 'brought')", name="ck_seal_certificate_known_source"),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (sealed_key IS NOT NULL)", name="ck_seal_certificate_ended_keys_are_gone"
        ),
    )
    in_use = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_seal_certificate_in_use",
        "seal_certificate",
        ["fair_id"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    op.create_table(
        "trust_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("withdrawn_list", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        _key("trust_anchor", "added_by_id", "user_account", nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trust_anchor"),
    )
    trusted = sa.text("removed_at IS NULL")
    op.create_index(
        "uq_trust_anchor",
        "trust_anchor",
        ["fingerprint"],
        unique=True,
        sqlite_where=trusted,
        postgresql_where=trusted,
    )
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("evidence_digest", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agreement") as batch:
        batch.drop_column("evidence_digest")
    for table in ("trust_anchor", "seal_certificate", "fair_authority"):
        op.drop_table(table)

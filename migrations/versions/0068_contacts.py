"""Several contacts of a company, each public with consent only; documents of a company itself.

Revision 0068, after 0067.
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

KEPT = ("id", "technology_id", "need_id", "title_vi", "title_en", "level", "digest", "size", "added_at")
EACH = ("technology", "need", "company")
ONE = " + ".join(f"CASE WHEN {owner}_id IS NULL THEN 0 ELSE 1 END" for owner in EACH)


def upgrade() -> None:
    op.create_table(
        "company_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("company_contact", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_contact")),
        sa.UniqueConstraint("company_id", "name", "email", name=op.f("uq_company_contact_company_id_name_email")),
    )
    with op.batch_alter_table("company") as table:  # those there were named on a form that said they are public
        table.add_column(sa.Column("contact_is_public", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("company") as table:
        table.alter_column("contact_is_public", server_default=None)
    known = "level IN ('public', 'request', 'nda', 'organizer')"
    _make_documents(
        EACH,
        sa.CheckConstraint(known, name=op.f("ck_record_document_known_level")),
        sa.CheckConstraint(f"{ONE} = 1", name=op.f("ck_record_document_one_record")),
        sa.CheckConstraint(
            "company_id IS NULL OR level IN ('public', 'organizer')", name=op.f("ck_record_document_of_company")
        ),
        sa.CheckConstraint(
            "level <> 'organizer' OR company_id IS NOT NULL", name=op.f("ck_record_document_for_organizers")
        ),
    )


def _make_documents(owners: tuple[str, ...], *checks: sa.CheckConstraint) -> None:
    """Make the table of documents anew, for SQLite changes no constraints; there are a few of each company at most."""
    kept = sa.table("record_document", *(sa.column(name) for name in KEPT))
    of_records = sa.select(kept).where(sa.or_(kept.c.technology_id.is_not(None), kept.c.need_id.is_not(None)))
    rows = [dict(row) for row in op.get_bind().execute(of_records).mappings()]
    op.drop_table("record_document")
    op.create_table(
        "record_document",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(f"{owner}_id", sa.Integer(), nullable=True) for owner in owners),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *(_key("record_document", owner) for owner in owners),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_document")),
        *(
            sa.UniqueConstraint(f"{owner}_id", "digest", name=op.f(f"uq_record_document_{owner}_id_digest"))
            for owner in owners
        ),
        sa.CheckConstraint(
            "need_id IS NULL OR level = 'public'", name=op.f("ck_record_document_needs_keep_nothing_back")
        ),
        *checks,
    )
    if rows:
        # As text, as it was read: the columns of ``kept`` have no types.
        op.get_bind().execute(kept.insert(), rows)
    if op.get_bind().dialect.name == "postgresql":  # the ids that are taken
        op.execute(
            "SELECT setval(pg_get_serial_sequence('record_document', 'id'), (SELECT max(id) FROM record_document))"
        )


def _key(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{other}_id_{other}"))


def downgrade() -> None:
    _make_documents(
        EACH[:2],
        sa.CheckConstraint("level IN ('public', 'request', 'nda')", name=op.f("ck_record_document_known_level")),
        sa.CheckConstraint("(technology_id IS NULL) <> (need_id IS NULL)", name=op.f("ck_record_document_one_record")),
    )
    with op.batch_alter_table("company") as table:
        table.drop_column("contact_is_public")
    op.drop_table("company_contact")

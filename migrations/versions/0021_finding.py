"""Words by which people are found, so that a name's search does not read all registrations.

Revision 0021, after 0020.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WORD = re.compile(r"(?:[^\W_]|[+#%])+")
CHUNK = 2000


def upgrade() -> None:
    op.create_table(
        "registration_word",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_registration_word_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_registration_word_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("fair_id", "word", "registration_id", name=op.f("pk_registration_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_registration_word_registration_id", "registration_word", ["registration_id"], unique=False)
    _fill()


def _fill() -> None:
    """The words of those who are registered already."""
    connection = op.get_bind()
    words = sa.table("registration_word", *(sa.column(name) for name in ("fair_id", "word", "registration_id")))
    after = 0
    query = sa.text(
        "SELECT id, fair_id, search_key, email_key FROM registration WHERE id > :after ORDER BY id LIMIT :chunk"
    )
    while people := connection.execute(query, {"after": after, "chunk": CHUNK}).all():
        rows = [row for person in people for row in _rows(*person)]
        if rows:
            connection.execute(sa.insert(words), rows)
        after = people[-1].id


def _rows(id, fair_id, search_key, email_key):
    words = {*search_key.split(), *WORD.findall((email_key or "").lower())}
    return [{"fair_id": fair_id, "word": word, "registration_id": id} for word in words]


def downgrade() -> None:
    op.drop_table("registration_word")

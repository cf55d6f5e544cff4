"""Files that belong to an agreement's text; once that is settled the database refuses any change of them.

Revision 0069, after 0068.
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

TABLE = "agreement_attachment"
SETTLED = "the text of this agreement is settled"
IS_SETTLED = "EXISTS (SELECT 1 FROM agreement WHERE id = {row}.agreement_id AND frozen_digest <> '')"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "digest", "media_type")),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 10", name=op.f(f"ck_{TABLE}_has_room")),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name=op.f(f"ck_{TABLE}_known_media_type")
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f(f"fk_{TABLE}_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("agreement_id", "place", name=op.f(f"uq_{TABLE}_agreement_id_place")),
        sa.UniqueConstraint("agreement_id", "digest", name=op.f(f"uq_{TABLE}_agreement_id_digest")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER {TABLE}_refuses_{deed.lower()} BEFORE {deed} ON {TABLE}"
                f" WHEN {IS_SETTLED.format(row=row)} BEGIN SELECT RAISE(ABORT, '{SETTLED}'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {TABLE}_refuses BEFORE INSERT OR UPDATE OR DELETE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION agreement_row_is_settled()"
        )


def downgrade() -> None:
    op.drop_table(TABLE)

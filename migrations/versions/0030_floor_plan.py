"""Halls as they are drawn: what else stands there, a version of the drawing, and what kinds of booths cost.

Revision 0030, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0026"
branch_labels = None
depends_on = None

# Booths were added beyond the walls before; a drawing takes none there.
GROW = (
    "UPDATE hall SET columns = (SELECT MAX(x + width) FROM booth WHERE hall_id = hall.id)"
    " WHERE (SELECT MAX(x + width) FROM booth WHERE hall_id = hall.id) > columns",
    "UPDATE hall SET rows = (SELECT MAX(y + height) FROM booth WHERE hall_id = hall.id)"
    " WHERE (SELECT MAX(y + height) FROM booth WHERE hall_id = hall.id) > rows",
)


def upgrade() -> None:
    op.add_column("hall", sa.Column("features", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("hall", sa.Column("plan_version", sa.Integer(), nullable=False, server_default="1"))
    for statement in GROW:
        op.execute(statement)
    op.create_table(
        "booth_terms",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("square_metres", sa.Integer(), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("includes_vi", sa.String(), nullable=False),
        sa.Column("includes_en", sa.String(), nullable=False),
        sa.CheckConstraint(
            "category IN ('standard', 'corner', 'island', 'outdoor')", name=op.f("ck_booth_terms_known_category")
        ),
        sa.CheckConstraint("square_metres > 0", name=op.f("ck_booth_terms_has_an_area")),
        sa.CheckConstraint("price_vnd >= 0", name=op.f("ck_booth_terms_price_is_not_negative")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_booth_terms_fair_id_fair")),
        sa.PrimaryKeyConstraint("fair_id", "category", name=op.f("pk_booth_terms")),
    )


def downgrade() -> None:
    op.drop_table("booth_terms")
    op.drop_column("hall", "plan_version")
    op.drop_column("hall", "features")

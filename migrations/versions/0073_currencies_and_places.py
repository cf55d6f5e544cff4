"""Capital promised in a foreign currency, with the rate of a day; the place of a ceremony in both languages.

Columns are added with their checks in place, so that SQLite need not rebuild a table that triggers guard.

Revision 0073, after 0071.
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0071"
branch_labels = None
depends_on = None

FOREIGN = "currency IS NULL OR (measure = 'capital' AND currency <> 'VND')"
RATED = "(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL OR (rate > 0 AND currency IS NOT NULL))"


def upgrade() -> None:
    for column in (
        f"currency VARCHAR CONSTRAINT ck_milestone_capital_may_be_foreign CHECK ({FOREIGN})",
        "rate NUMERIC(18, 6)",
        f"rate_on DATE CONSTRAINT ck_milestone_rate_is_dated CHECK ({RATED})",
    ):
        op.execute(f"ALTER TABLE milestone ADD COLUMN {column}")
    op.alter_column("ceremony", "place", new_column_name="place_vi")
    op.add_column("ceremony", sa.Column("place_en", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("ceremony", "place_en")
    op.alter_column("ceremony", "place_vi", new_column_name="place")
    for name in ("rate_on", "rate", "currency"):  # each with the check that stands at it
        op.execute(f"ALTER TABLE milestone DROP COLUMN {name}")

"""Who owns a company: the state, private people, foreign investors, several together, its members.

Revision 0061, after 0060.
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

KNOWN = "ownership IN ('state', 'private', 'foreign', 'mixed', 'collective')"


def upgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.add_column(sa.Column("ownership", sa.String(), nullable=True))
        table.create_check_constraint(op.f("ck_company_known_ownership"), KNOWN)


def downgrade() -> None:
    with op.batch_alter_table("company") as table:
        table.drop_constraint(op.f("ck_company_known_ownership"), type_="check")
        table.drop_column("ownership")

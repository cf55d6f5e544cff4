"""The languages of an agreement's document.

Revision 0047, after 0046.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

KNOWN = "ck_agreement_known_languages"


def upgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.add_column(sa.Column("languages", sa.String(), nullable=False, server_default="both"))
        agreement.create_check_constraint(op.f(KNOWN), "languages IN ('vi', 'en', 'both')")
    with op.batch_alter_table("agreement") as agreement:
        agreement.alter_column("languages", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_constraint(op.f(KNOWN), type_="check")
        agreement.drop_column("languages")

"""Registrations are counted by kind, province and country from one index.

Revision 0024, after 0023.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_registration_kind", table_name="registration")
    op.create_index("ix_registration_kind", "registration", ["fair_id", "kind", "state", "province_code", "country"])


def downgrade() -> None:
    op.drop_index("ix_registration_kind", table_name="registration")
    op.create_index("ix_registration_kind", "registration", ["fair_id", "kind", "state"])

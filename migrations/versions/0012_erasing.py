"""A person whose data were erased stays as a number without a name.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REACHED = "email_key IS NOT NULL OR phone IS NOT NULL OR is_walk_in OR delegation_id IS NOT NULL"
NAMELESS = "erased_at IS NULL OR (email IS NULL AND email_key IS NULL AND phone IS NULL AND organisation = '')"


def upgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("ck_registration_can_be_reached"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_can_be_reached"), f"{REACHED} OR erased_at IS NOT NULL"
        )
        batch_op.create_check_constraint(batch_op.f("ck_registration_erased_is_nameless"), NAMELESS)


def downgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_registration_erased_is_nameless"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_registration_can_be_reached"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_registration_can_be_reached"), REACHED)
        batch_op.drop_column("erased_at")

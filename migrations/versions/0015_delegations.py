"""Delegations: whom to ask, how many are expected, since when they are invited.

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEW = (
    ("contact_name", sa.String(), "''"),
    ("contact_email", sa.String(), "''"),
    ("language", sa.String(), "'vi'"),
    ("link_epoch", sa.Integer(), "0"),
    ("is_own_wish", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        for name, kind, start in NEW:
            text = sa.text(start) if isinstance(start, str) else start
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=text))
        batch_op.add_column(sa.Column("expected", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("form_token", sa.String(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_delegation_expects_people"), "expected > 0")
        batch_op.create_check_constraint(batch_op.f("ck_delegation_known_language"), "language IN ('vi', 'en')")
        batch_op.create_unique_constraint(batch_op.f("uq_delegation_form_token"), ["form_token"])
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        for name, _kind, _start in NEW:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_delegation_form_token"), type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_delegation_expects_people"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delegation_known_language"), type_="check")
        for name in ("form_token", "invited_at", "expected", *(new[0] for new in NEW)):
            batch_op.drop_column(name)

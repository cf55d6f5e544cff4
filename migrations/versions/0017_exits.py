"""Gates that scan who leaves, and the rule that lets in again after that; what a steward hands out.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEW = (("scans_exits", sa.Boolean(), sa.false()), ("hand_out_vi", sa.String(), sa.text("''")))
NEW += (("hand_out_en", sa.String(), sa.text("''")),)
RULES = "rule IN ('once', 'daily', 'every', 'reentry')"
RULES_BEFORE = "rule IN ('once', 'daily', 'every')"


def upgrade() -> None:
    with op.batch_alter_table("gate", schema=None) as batch_op:
        for name, kind, start in NEW:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=start))
        batch_op.drop_constraint(batch_op.f("ck_gate_known_rule"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_gate_known_rule"), RULES)
        batch_op.create_check_constraint(batch_op.f("ck_gate_reentry_needs_exits"), "rule <> 'reentry' OR scans_exits")
    with op.batch_alter_table("gate", schema=None) as batch_op:
        for name, _kind, _start in NEW:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE gate SET rule = 'every' WHERE rule = 'reentry'")
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_gate_reentry_needs_exits"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_gate_known_rule"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_gate_known_rule"), RULES_BEFORE)
        for name, _kind, _start in NEW:
            batch_op.drop_column(name)

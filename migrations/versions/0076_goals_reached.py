"""What a timetable reaches of each goal, with what is proven; few changes of table as a goal like the others.

Revision 0076, after 0078.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0078"
branch_labels = None
depends_on = None

FIGURED = {"scheduling_run": "job_id", "timetable_draft": "id"}
BEFORE = {"weight": "weight", "moved": "moved", "gaps": "gaps", "times": "off_times", "walks": "walks"}
BOUNDS = {"weight": "bound_weight", "moved": "bound_moved", "gaps": "bound_gaps"}


def upgrade() -> None:
    for table, key in FIGURED.items():
        op.add_column(table, sa.Column("reached", sa.JSON(), nullable=False, server_default="[]"))
        rows = _table(table, key, "reached", *BEFORE.values(), *BOUNDS.values())
        for row in op.get_bind().execute(sa.select(rows)).mappings().all():
            op.execute(rows.update().where(rows.c[key] == row[key]).values(reached=_reached(row)))
        for name in (*BEFORE.values(), *BOUNDS.values()):
            op.drop_column(table, name)
    _change_goals(lambda goals: [*goals, "changes"])


def _table(name: str, key: str, json: str, *numbers: str) -> sa.TableClause:
    columns: list[Any] = [sa.column(number, sa.Integer()) for number in (key, *numbers)]
    return sa.table(name, *columns, sa.column(json, sa.JSON()))


def _reached(row: Any) -> list[dict[str, Any]]:
    """A repair alone has a bound of moves; times and walks stood there only where they counted."""
    is_counted = {"weight": True, "moved": row["bound_moved"] is not None, "gaps": True}
    return [
        {"goal": goal, "value": row[name], "bound": row[BOUNDS[goal]] if goal in BOUNDS else None}
        for goal, name in BEFORE.items()
        if is_counted.get(goal, row[name] > 0)
    ]


def _change_goals(change: Any) -> None:
    rules = sa.table("meeting_rules", sa.column("fair_id", sa.Integer()), sa.column("goals", sa.JSON()))
    for row in op.get_bind().execute(sa.select(rules)).mappings().all():
        op.execute(rules.update().where(rules.c.fair_id == row["fair_id"]).values(goals=change(row["goals"])))


def downgrade() -> None:
    for table, key in FIGURED.items():
        for name in BEFORE.values():
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in BOUNDS.values():
            op.add_column(table, sa.Column(name, sa.Integer(), nullable=True))
        rows = _table(table, key, "reached", *BEFORE.values(), *BOUNDS.values())
        for row in op.get_bind().execute(sa.select(rows)).mappings().all():
            told = {one["goal"]: one for one in row["reached"]}
            values = {name: told[goal]["value"] for goal, name in BEFORE.items() if goal in told}
            values |= {name: told[goal]["bound"] for goal, name in BOUNDS.items() if goal in told}
            if values:
                op.execute(rows.update().where(rows.c[key] == row[key]).values(values))
        op.drop_column(table, "reached")
    _change_goals(lambda goals: [goal for goal in goals if goal != "changes"])

"""Drafts of the timetable, runs of the scheduler, what each publication changed, and tables that are lost.

Revision 0043, after 0042.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, nullable: bool = False) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=nullable)


def _figures() -> list[sa.Column[int] | sa.Column[float]]:
    counted = ("placed", "meetings", "weight", "moved", "gaps")
    bounds = ("bound_weight", "bound_moved", "bound_gaps")
    return [
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counted),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in bounds),
        sa.Column("seconds", sa.Float(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "scheduling_run",
        *_figures(),
        _key("scheduling_run", "job_id", "job"),
        sa.Column("way", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_scheduling_run"),
        sa.CheckConstraint("way IN ('anew', 'rest', 'repair')", name="ck_scheduling_run_known_way"),
    )
    op.create_table(
        "timetable_draft",
        *_figures(),
        sa.Column("id", sa.Integer(), nullable=False),
        _key("timetable_draft", "fair_id", "fair"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("state", "way", "status")),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        _key("timetable_draft", "made_by_id", "user_account", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        _key("timetable_draft", "decided_by_id", "user_account", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_timetable_draft"),
        sa.UniqueConstraint("fair_id", "version", name="uq_timetable_draft_fair_id_version"),
        sa.CheckConstraint("state IN ('open', 'published', 'discarded')", name="ck_timetable_draft_known_state"),
        sa.CheckConstraint("way IN ('anew', 'rest', 'repair', 'hand')", name="ck_timetable_draft_known_way"),
        sa.CheckConstraint("status IN ('optimal', 'feasible', 'by_hand')", name="ck_timetable_draft_known_status"),
        sa.CheckConstraint(
            "(state = 'published') = (version IS NOT NULL)", name="ck_timetable_draft_published_has_a_version"
        ),
    )
    opened = sa.text("state = 'open'")
    op.create_index(
        "uq_timetable_draft_open",
        "timetable_draft",
        ["fair_id"],
        unique=True,
        sqlite_where=opened,
        postgresql_where=opened,
    )
    op.create_table(
        "planned_meeting",
        _key("planned_meeting", "draft_id", "timetable_draft"),
        _key("planned_meeting", "meeting_id", "meeting"),
        _key("planned_meeting", "slot_id", "slot", nullable=True),
        _key("planned_meeting", "table_id", "meeting_table", nullable=True),
        _key("planned_meeting", "booth_id", "booth", nullable=True),
        _key("planned_meeting", "interpreter_id", "interpreter", nullable=True),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason_vi", "reason_en")),
        sa.PrimaryKeyConstraint("draft_id", "meeting_id", name="pk_planned_meeting"),
        sa.UniqueConstraint("draft_id", "slot_id", "table_id", name="uq_planned_meeting_draft_id_slot_id_table_id"),
        sa.UniqueConstraint(
            "draft_id", "slot_id", "interpreter_id", name="uq_planned_meeting_draft_id_slot_id_interpreter_id"
        ),
        sa.CheckConstraint(
            "(slot_id IS NULL) = (table_id IS NULL AND booth_id IS NULL)",
            name="ck_planned_meeting_time_and_place_together",
        ),
        sa.CheckConstraint("table_id IS NULL OR booth_id IS NULL", name="ck_planned_meeting_one_place"),
        sa.CheckConstraint(
            "interpreter_id IS NULL OR slot_id IS NOT NULL", name="ck_planned_meeting_interpreter_needs_a_time"
        ),
    )
    for column in ("meeting_id", "slot_id", "table_id", "booth_id", "interpreter_id"):
        op.create_index(f"ix_planned_meeting_{column}", "planned_meeting", [column])
    op.create_table(
        "planned_party",
        _key("planned_party", "draft_id", "timetable_draft"),
        _key("planned_party", "meeting_id", "meeting"),
        _key("planned_party", "participant_id", "participant"),
        _key("planned_party", "slot_id", "slot", nullable=True),
        sa.PrimaryKeyConstraint("draft_id", "meeting_id", "participant_id", name="pk_planned_party"),
        sa.UniqueConstraint(
            "draft_id", "participant_id", "slot_id", name="uq_planned_party_draft_id_participant_id_slot_id"
        ),
    )
    for column in ("meeting_id", "participant_id", "slot_id"):
        op.create_index(f"ix_planned_party_{column}", "planned_party", [column])
    op.create_table(
        "published_change",
        _key("published_change", "draft_id", "timetable_draft"),
        _key("published_change", "meeting_id", "meeting"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("old_starts_at", MOMENT, nullable=True),
        sa.Column("old_place", sa.String(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("draft_id", "meeting_id", name="pk_published_change"),
        sa.CheckConstraint("kind IN ('added', 'moved', 'dropped')", name="ck_published_change_known_kind"),
        sa.CheckConstraint("(kind = 'added') = (old_starts_at IS NULL)", name="ck_published_change_added_had_no_time"),
    )
    op.create_index("ix_published_change_waiting", "published_change", ["draft_id", "told_at"])
    op.create_index("ix_published_change_meeting_id", "published_change", ["meeting_id"])
    op.create_table(
        "closed_table",
        _key("closed_table", "table_id", "meeting_table"),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("table_id", name="pk_closed_table"),
    )


def downgrade() -> None:
    for table in ("closed_table", "published_change", "planned_party", "planned_meeting"):
        op.drop_table(table)
    for table in ("timetable_draft", "scheduling_run"):
        op.drop_table(table)

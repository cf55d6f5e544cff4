"""The meeting programme: rules, what participants offer and seek, interpreters, and meetings at booths.

Revision 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_{other}"
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{other}.id", name=name), nullable=False)


def upgrade() -> None:
    op.create_table(
        "meeting_rules",
        _key("meeting_rules", "fair_id", "fair"),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("expires_after", sa.Integer(), nullable=False),
        sa.Column("reminds_before", sa.Integer(), nullable=False),
        sa.Column("apart", sa.JSON(), nullable=False),
        sa.Column("at_booths", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fair_id", name="pk_meeting_rules"),
        sa.CheckConstraint(
            "closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name="ck_meeting_rules_closes_after_open"
        ),
        sa.CheckConstraint("quota > 0", name="ck_meeting_rules_allows_a_request"),
        sa.CheckConstraint(
            "expires_after > 0 AND reminds_before BETWEEN 0 AND expires_after - 1",
            name="ck_meeting_rules_reminds_in_time",
        ),
    )
    op.create_table(
        "meeting_profile",
        _key("meeting_profile", "participant_id", "participant"),
        sa.Column("kind", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("offers", "seeks")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("offer_sectors", "seek_sectors", "stand_ins")),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("participant_id", name="pk_meeting_profile"),
        sa.CheckConstraint(
            "kind IN ('exhibitor', 'investor', 'delegate', 'visitor')", name="ck_meeting_profile_known_kind"
        ),
    )
    op.create_table(
        "not_interested",
        _key("not_interested", "participant_id", "participant"),
        _key("not_interested", "other_id", "participant"),
        sa.PrimaryKeyConstraint("participant_id", "other_id", name="pk_not_interested"),
    )
    op.create_index("ix_not_interested_other_id", "not_interested", ["other_id"])
    op.create_table(
        "interpreter",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("interpreter", "fair_id", "fair"),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("full_name", "email", "phone")),
        sa.Column("pairs", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("link_epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interpreter"),
    )
    op.create_index("ix_interpreter_fair", "interpreter", ["fair_id"])
    op.create_table(
        "interpreter_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        _key("interpreter_shift", "interpreter_id", "interpreter"),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interpreter_shift"),
        sa.CheckConstraint("ends_at > starts_at", name="ck_interpreter_shift_ends_after_start"),
        sa.UniqueConstraint("interpreter_id", "starts_at", name="uq_interpreter_shift_interpreter_id_starts_at"),
    )
    op.create_table(
        "meeting_interpreter",
        _key("meeting_interpreter", "meeting_id", "meeting"),
        _key("meeting_interpreter", "interpreter_id", "interpreter"),
        _key("meeting_interpreter", "slot_id", "slot"),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_meeting_interpreter"),
        sa.UniqueConstraint("interpreter_id", "slot_id", name="uq_meeting_interpreter_interpreter_id_slot_id"),
    )
    op.create_index("ix_meeting_interpreter_slot_id", "meeting_interpreter", ["slot_id"])
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("booth_id", sa.Integer(), nullable=True))
        meeting.create_foreign_key("fk_meeting_booth_id_booth", "booth", ["booth_id"], ["id"])
        meeting.create_check_constraint(
            meeting.f("ck_meeting_one_place"), "booth_id IS NULL OR (slot_id IS NOT NULL AND table_id IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_constraint(meeting.f("ck_meeting_one_place"), type_="check")
        meeting.drop_constraint("fk_meeting_booth_id_booth", type_="foreignkey")
        meeting.drop_column("booth_id")
    tables = ("meeting_interpreter", "interpreter_shift", "interpreter", "not_interested", "meeting_profile")
    for table in (*tables, "meeting_rules"):
        op.drop_table(table)

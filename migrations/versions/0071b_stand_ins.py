"""People who stand in for one another at meetings, each with their own times; until now names in one field.

Revision 0071b, after 0073.
"""

import sqlalchemy as sa
from alembic import op

revision = "0071b"
down_revision = "0073"
branch_labels = None
depends_on = None

HAS_PHONE = sa.text("phone <> ''")


def upgrade() -> None:
    op.add_column("participant", sa.Column("comes", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_stand_in_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_stand_in_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    op.create_index("ix_stand_in_participant", "stand_in", ["participant_id"])
    op.create_index(
        "uq_stand_in_phone",
        "stand_in",
        ["fair_id", "phone"],
        unique=True,
        sqlite_where=HAS_PHONE,
        postgresql_where=HAS_PHONE,
    )
    op.create_table(
        "stand_in_time",
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stand_in_id"], ["stand_in.id"], name=op.f("fk_stand_in_time_stand_in_id_stand_in")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_stand_in_time_slot_id_slot")),
        sa.PrimaryKeyConstraint("stand_in_id", "slot_id", name=op.f("pk_stand_in_time")),
    )
    op.create_index(op.f("ix_stand_in_time_slot_id"), "stand_in_time", ["slot_id"])
    op.create_table(
        "comes_instead",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_comes_instead_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_comes_instead_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["stand_in_id"], ["stand_in.id"], name=op.f("fk_comes_instead_stand_in_id_stand_in")),
        sa.PrimaryKeyConstraint("meeting_id", "participant_id", name=op.f("pk_comes_instead")),
    )
    op.create_index(op.f("ix_comes_instead_stand_in_id"), "comes_instead", ["stand_in_id"])
    _take_over()
    with op.batch_alter_table("meeting_profile") as profile:
        profile.drop_column("stand_ins")


def _take_over() -> None:
    """Whoever was named before is named still, at no time yet: nobody asked them when they can."""
    profile = sa.table("meeting_profile", sa.column("participant_id", sa.Integer()), sa.column("stand_ins", sa.JSON()))
    participant = sa.table("participant", sa.column("id", sa.Integer()), sa.column("fair_id", sa.Integer()))
    stand_in = sa.table(
        "stand_in",
        *(sa.column(name, sa.Integer()) for name in ("fair_id", "participant_id")),
        *(sa.column(name, sa.String()) for name in ("full_name", "phone")),
    )
    named = sa.select(profile.c.participant_id, profile.c.stand_ins, participant.c.fair_id)
    named = named.join(participant, participant.c.id == profile.c.participant_id)
    rows = [
        {"fair_id": row.fair_id, "participant_id": row.participant_id, "full_name": name, "phone": ""}
        for row in op.get_bind().execute(named).all()
        for name in row.stand_ins or ()
    ]
    if rows:
        op.bulk_insert(stand_in, rows)


def downgrade() -> None:
    op.add_column("meeting_profile", sa.Column("stand_ins", sa.JSON(), nullable=False, server_default="[]"))
    for table in ("comes_instead", "stand_in_time", "stand_in"):
        op.drop_table(table)
    with op.batch_alter_table("participant") as batch:
        batch.drop_column("comes")

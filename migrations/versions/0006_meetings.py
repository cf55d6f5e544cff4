"""Meeting programme and connections.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place_vi", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_meeting_table_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_table")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_meeting_table_fair_id_code")),
    )
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_slot_ends_after_start")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_slot_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("fair_id", "starts_at", name=op.f("uq_slot_fair_id_starts_at")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(exhibitor_id IS NULL) <> (registration_id IS NULL)", name=op.f("ck_participant_one_kind_of_party")
        ),
        sa.ForeignKeyConstraint(["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_participant_exhibitor_id_exhibitor")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_participant_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_participant_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("exhibitor_id", name=op.f("uq_participant_exhibitor_id")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_participant_registration_id")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_fair", ["fair_id"], unique=False)

    op.create_table(
        "meeting_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("pair", sa.String(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=True),
        sa.Column("counters_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'declined', 'expired', 'withdrawn')",
            name=op.f("ck_meeting_request_known_state"),
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_meeting_request_not_with_oneself")),
        sa.ForeignKeyConstraint(
            ["counters_id"], ["meeting_request.id"], name=op.f("fk_meeting_request_counters_id_meeting_request")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_meeting_request_fair_id_fair")),
        sa.ForeignKeyConstraint(["from_id"], ["participant.id"], name=op.f("fk_meeting_request_from_id_participant")),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_meeting_request_technology_id_technology")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["participant.id"], name=op.f("fk_meeting_request_to_id_participant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_request")),
    )
    with op.batch_alter_table("meeting_request", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_request_fair", ["fair_id", "state"], unique=False)
        batch_op.create_index("ix_meeting_request_to", ["to_id", "state"], unique=False)
        batch_op.create_index(
            "uq_meeting_request_open",
            ["pair"],
            unique=True,
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )

    op.create_table(
        "unavailability",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_unavailability_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_unavailability_slot_id_slot")),
        sa.PrimaryKeyConstraint("participant_id", "slot_id", name=op.f("pk_unavailability")),
    )
    with op.batch_alter_table("unavailability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unavailability_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("reason_unplaced_vi", sa.String(), nullable=False),
        sa.Column("reason_unplaced_en", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'scheduled' OR slot_id IS NOT NULL", name=op.f("ck_meeting_scheduled_has_a_slot")),
        sa.CheckConstraint(
            "state IN ('agreed', 'scheduled', 'held', 'no_show', 'cancelled')", name=op.f("ck_meeting_known_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'cancelled') OR slot_id IS NULL",
            name=op.f("ck_meeting_place_only_while_scheduled"),
        ),
        sa.CheckConstraint("table_id IS NULL OR slot_id IS NOT NULL", name=op.f("ck_meeting_table_needs_a_slot")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_meeting_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["meeting_request.id"], name=op.f("fk_meeting_request_id_meeting_request")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_meeting_slot_id_slot")),
        sa.ForeignKeyConstraint(["table_id"], ["meeting_table.id"], name=op.f("fk_meeting_table_id_meeting_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meeting_request_id")),
        sa.UniqueConstraint("slot_id", "table_id", name=op.f("uq_meeting_slot_id_table_id")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_fair", ["fair_id", "state"], unique=False)

    op.create_table(
        "connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("subject_vi", sa.String(), nullable=False),
        sa.Column("subject_en", sa.String(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("technology_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("partner_country", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("arose_on", sa.Date(), nullable=False),
        sa.Column("first_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'rejected', 'merged')", name=op.f("ck_connection_known_state")
        ),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_connection_pair_in_order")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_connection_fair_id_fair")),
        sa.ForeignKeyConstraint(["first_id"], ["company.id"], name=op.f("fk_connection_first_id_company")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_connection_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["connection.id"], name=op.f("fk_connection_merged_into_id_connection")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["company.id"], name=op.f("fk_connection_second_id_company")),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_connection_technology_id_technology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint(
            "fair_id",
            "first_id",
            "second_id",
            "subject_key",
            name=op.f("uq_connection_fair_id_first_id_second_id_subject_key"),
        ),
    )
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.create_index("ix_connection_counting", ["fair_id", "state"], unique=False)

    op.create_table(
        "meeting_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_party_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_meeting_party_participant_id_participant")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_meeting_party_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_party")),
        sa.UniqueConstraint("meeting_id", "participant_id", name=op.f("uq_meeting_party_meeting_id_participant_id")),
        sa.UniqueConstraint("participant_id", "slot_id", name=op.f("uq_meeting_party_participant_id_slot_id")),
    )


def downgrade() -> None:
    op.drop_table("meeting_party")
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_index("ix_connection_counting")

    op.drop_table("connection")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_fair")

    op.drop_table("meeting")
    with op.batch_alter_table("unavailability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unavailability_slot_id"))

    op.drop_table("unavailability")
    with op.batch_alter_table("meeting_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meeting_request_open",
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )
        batch_op.drop_index("ix_meeting_request_to")
        batch_op.drop_index("ix_meeting_request_fair")

    op.drop_table("meeting_request")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_fair")

    op.drop_table("participant")
    op.drop_table("slot")
    op.drop_table("meeting_table")

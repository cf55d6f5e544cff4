"""Registrations, badges, gates and scans.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("body_vi", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("dispatch_number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_delegation_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_fair", ["fair_id"], unique=False)

    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_device_fair_id_fair")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_device_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_device_token_digest")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.create_index("ix_device_fair", ["fair_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("possible_duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.Column("link_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('visitor', 'delegate', 'exhibitor_staff', 'speaker', 'press', 'guest', 'organizer', 'vip')",
            name=op.f("ck_registration_known_kind"),
        ),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_registration_known_language")),
        sa.CheckConstraint("state IN ('pending', 'confirmed', 'cancelled')", name=op.f("ck_registration_known_state")),
        sa.CheckConstraint(
            "email_key IS NOT NULL OR phone IS NOT NULL OR is_walk_in OR delegation_id IS NOT NULL",
            name=op.f("ck_registration_can_be_reached"),
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_registration_delegation_id_delegation")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_registration_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["possible_duplicate_of_id"],
            ["registration.id"],
            name=op.f("fk_registration_possible_duplicate_of_id_registration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("form_token", name=op.f("uq_registration_form_token")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_index("ix_registration_email", ["fair_id", "email_key"], unique=False)
        batch_op.create_index("ix_registration_kind", ["fair_id", "kind", "state"], unique=False)
        batch_op.create_index("ix_registration_phone", ["fair_id", "phone"], unique=False)
        batch_op.create_index("ix_registration_sort", ["fair_id", "sort_key"], unique=False)
        batch_op.create_index(
            "ix_registration_twin",
            ["fair_id"],
            unique=False,
            sqlite_where=sa.text("possible_duplicate_of_id IS NOT NULL"),
            postgresql_where=sa.text("possible_duplicate_of_id IS NOT NULL"),
        )

    op.create_table(
        "badge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reprint", sa.Integer(), nullable=False),
        sa.Column("key_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('visitor', 'delegate', 'exhibitor_staff', 'speaker', 'press', 'guest', 'organizer', 'vip')",
            name=op.f("ck_badge_known_kind"),
        ),
        sa.CheckConstraint("state IN ('issued', 'replaced', 'revoked')", name=op.f("ck_badge_known_state")),
        sa.CheckConstraint("reprint BETWEEN 0 AND 4095", name=op.f("ck_badge_reprint_fits_token")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_badge_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_badge_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_badge_fair_id_number")),
    )
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.create_index("ix_badge_registration", ["registration_id"], unique=False)
        batch_op.create_index(
            "uq_badge_valid",
            ["registration_id"],
            unique=True,
            sqlite_where=sa.text("state = 'issued'"),
            postgresql_where=sa.text("state = 'issued'"),
        )

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('organizer_contact', 'exhibitors_read', 'public_list', 'photos')",
            name=op.f("ck_consent_known_purpose"),
        ),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_withdrawn_after_given")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_consent_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint(
            "registration_id", "purpose", "given_at", name=op.f("uq_consent_registration_id_purpose_given_at")
        ),
    )
    op.create_table(
        "gate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("allowed_kinds", sa.JSON(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(place = 'activity') = (activity_id IS NOT NULL)", name=op.f("ck_gate_door_of_an_activity")
        ),
        sa.CheckConstraint("(place = 'booth') = (booth_id IS NOT NULL)", name=op.f("ck_gate_at_a_booth")),
        sa.CheckConstraint("place IN ('entrance', 'activity', 'booth')", name=op.f("ck_gate_known_place")),
        sa.CheckConstraint("rule IN ('once', 'daily', 'every')", name=op.f("ck_gate_known_rule")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_gate_activity_id_activity")),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_gate_booth_id_booth")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_gate_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_gate_fair_id_code")),
    )
    op.create_table(
        "device_gate",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_gate_device_id_device")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_device_gate_gate_id_gate")),
        sa.PrimaryKeyConstraint("device_id", "gate_id", name=op.f("pk_device_gate")),
    )
    with op.batch_alter_table("device_gate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_device_gate_gate_id"), ["gate_id"], unique=False)

    op.create_table(
        "gate_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_gate_opening_closes_after_opening")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_opening_gate_id_gate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_opening")),
    )
    with op.batch_alter_table("gate_opening", schema=None) as batch_op:
        batch_op.create_index("ix_gate_opening_gate", ["gate_id", "opens_at"], unique=False)

    op.create_table(
        "head_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_head_count_counts_people")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_head_count_gate_id_gate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head_count")),
    )
    with op.batch_alter_table("head_count", schema=None) as batch_op:
        batch_op.create_index("ix_head_count_gate", ["gate_id"], unique=False)

    op.create_table(
        "scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("badge_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scanned_on", sa.Date(), nullable=False),
        sa.Column("is_offline", sa.Boolean(), nullable=False),
        sa.Column("has_wrong_clock", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("device_verdict", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("first_scan_id", sa.Uuid(), nullable=True),
        sa.Column("claim", sa.String(), nullable=True),
        sa.CheckConstraint("(verdict = 'refused') = (reason IS NOT NULL)", name=op.f("ck_scan_refusal_has_reason")),
        sa.CheckConstraint("claim IS NULL OR verdict = 'admitted'", name=op.f("ck_scan_only_the_admitted_claim")),
        sa.CheckConstraint(
            "device_verdict IN ('admitted', 'repeated', 'refused')", name=op.f("ck_scan_known_device_verdict")
        ),
        sa.CheckConstraint("direction IN ('entry', 'exit')", name=op.f("ck_scan_known_direction")),
        sa.CheckConstraint(
            "reason IN ('unknown_code', 'bad_signature', 'other_fair', 'revoked', 'replaced', 'kind_not_allowed', 'activity_full', 'not_registered', 'not_open_yet', 'closed', 'wrong_day', 'not_approved', 'gate_not_granted')",
            name=op.f("ck_scan_known_reason"),
        ),
        sa.CheckConstraint("verdict IN ('admitted', 'repeated', 'refused')", name=op.f("ck_scan_known_verdict")),
        sa.ForeignKeyConstraint(["badge_id"], ["badge.id"], name=op.f("fk_scan_badge_id_badge")),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_scan_device_id_device")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_scan_fair_id_fair")),
        sa.ForeignKeyConstraint(["first_scan_id"], ["scan.id"], name=op.f("fk_scan_first_scan_id_scan")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_scan_gate_id_gate")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_scan_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("claim", name=op.f("uq_scan_claim")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("ix_scan_counting", ["fair_id", "scanned_on", "gate_id", "verdict"], unique=False)
        batch_op.create_index("ix_scan_received", ["received_at"], unique=False)
        batch_op.create_index("ix_scan_registration", ["registration_id", "scanned_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index("ix_scan_registration")
        batch_op.drop_index("ix_scan_received")
        batch_op.drop_index("ix_scan_counting")

    op.drop_table("scan")
    with op.batch_alter_table("head_count", schema=None) as batch_op:
        batch_op.drop_index("ix_head_count_gate")

    op.drop_table("head_count")
    with op.batch_alter_table("gate_opening", schema=None) as batch_op:
        batch_op.drop_index("ix_gate_opening_gate")

    op.drop_table("gate_opening")
    with op.batch_alter_table("device_gate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_device_gate_gate_id"))

    op.drop_table("device_gate")
    op.drop_table("gate")
    op.drop_table("consent")
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_badge_valid", sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'")
        )
        batch_op.drop_index("ix_badge_registration")

    op.drop_table("badge")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_registration_twin",
            sqlite_where=sa.text("possible_duplicate_of_id IS NOT NULL"),
            postgresql_where=sa.text("possible_duplicate_of_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_registration_sort")
        batch_op.drop_index("ix_registration_phone")
        batch_op.drop_index("ix_registration_kind")
        batch_op.drop_index("ix_registration_email")
        batch_op.drop_index(batch_op.f("ix_registration_delegation_id"))

    op.drop_table("registration")
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.drop_index("ix_device_fair")

    op.drop_table("device")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index("ix_delegation_fair")

    op.drop_table("delegation")

"""Organizing units, fairs, programme, halls and booths.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organizing_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('ministry', 'department', 'province', 'centre', 'other')",
            name=op.f("ck_organizing_unit_known_kind"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_organizing_unit_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organizing_unit.id"], name=op.f("fk_organizing_unit_parent_id_organizing_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizing_unit")),
        sa.UniqueConstraint("name_vi", name=op.f("uq_organizing_unit_name_vi")),
    )
    with op.batch_alter_table("organizing_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizing_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "fair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("theme_vi", sa.String(), nullable=False),
        sa.Column("theme_en", sa.String(), nullable=False),
        sa.Column("description_vi", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("place_vi", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("co_organizers_vi", sa.String(), nullable=False),
        sa.Column("co_organizers_en", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("brand_colour", sa.String(), nullable=True),
        sa.Column("logo_digest", sa.String(), nullable=True),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("applications_open_on", sa.Date(), nullable=True),
        sa.Column("applications_close_on", sa.Date(), nullable=True),
        sa.Column("registration_is_open", sa.Boolean(), nullable=False),
        sa.Column("open_outside_dates", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slug = lower(slug) AND slug <> ''", name=op.f("ck_fair_slug_is_lower")),
        sa.CheckConstraint("state IN ('draft', 'published', 'closed')", name=op.f("ck_fair_known_state")),
        sa.CheckConstraint(
            "applications_close_on IS NULL OR applications_open_on IS NULL OR applications_close_on >= applications_open_on",
            name=op.f("ck_fair_applications_close_after_open"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_fair_ends_after_start")),
        sa.CheckConstraint("number BETWEEN 1 AND 65535", name=op.f("ck_fair_number_fits_token")),
        sa.ForeignKeyConstraint(["unit_id"], ["organizing_unit.id"], name=op.f("fk_fair_unit_id_organizing_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair")),
        sa.UniqueConstraint("number", name=op.f("uq_fair_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_fair_slug")),
    )
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fair_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("description_vi", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("place_vi", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("is_from_source", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ceremony', 'exhibition', 'matchmaking', 'conference', 'signing', 'workshop', 'advice', 'other')",
            name=op.f("ck_activity_known_kind"),
        ),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("ck_activity_known_state")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_activity_capacity_is_positive")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_activity_ends_after_start")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_activity_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_programme", ["fair_id", "starts_at"], unique=False)

    op.create_table(
        "fair_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number BETWEEN 0 AND 15", name=op.f("ck_fair_key_number_fits_token")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_key_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_key")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_fair_key_fair_id_number")),
    )
    op.create_table(
        "hall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("columns", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.CheckConstraint("columns BETWEEN 1 AND 200 AND rows BETWEEN 1 AND 200", name=op.f("ck_hall_grid_size")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_hall_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_hall_fair_id_code")),
    )
    op.create_table(
        "booth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("square_metres", sa.Integer(), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('standard', 'corner', 'island', 'outdoor')", name=op.f("ck_booth_known_category")
        ),
        sa.CheckConstraint("square_metres > 0", name=op.f("ck_booth_has_an_area")),
        sa.CheckConstraint("width > 0 AND height > 0 AND x >= 0 AND y >= 0", name=op.f("ck_booth_lies_on_the_grid")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_booth_fair_id_fair")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_booth_hall_id_hall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth")),
        sa.UniqueConstraint("fair_id", "code", name=op.f("uq_booth_fair_id_code")),
    )
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.create_index("ix_booth_hall", ["hall_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.drop_index("ix_booth_hall")

    op.drop_table("booth")
    op.drop_table("hall")
    op.drop_table("fair_key")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_programme")

    op.drop_table("activity")
    with op.batch_alter_table("fair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fair_unit_id"))

    op.drop_table("fair")
    with op.batch_alter_table("organizing_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizing_unit_parent_id"))

    op.drop_table("organizing_unit")

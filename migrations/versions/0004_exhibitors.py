"""Companies, applications, booths, technologies and needs.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_ref", sa.String(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("province_on", sa.Date(), nullable=False),
        sa.Column("tax_code", sa.String(), nullable=True),
        sa.Column("foreign_number", sa.String(), nullable=True),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("profile_vi", sa.String(), nullable=False),
        sa.Column("profile_en", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_title_vi", sa.String(), nullable=False),
        sa.Column("contact_title_en", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("logo_digest", sa.String(), nullable=True),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('firm', 'institute', 'university', 'centre', 'cooperative', 'agency', 'other')",
            name=op.f("ck_company_known_kind"),
        ),
        sa.CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name=op.f("ck_company_known_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("public_ref", name=op.f("uq_company_public_ref")),
        sa.UniqueConstraint("tax_code", name=op.f("uq_company_tax_code")),
    )
    op.create_table(
        "company_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint("role IN ('manager', 'staff')", name=op.f("ck_company_member_known_role")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_member_company_id_company")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_company_member_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_member")),
        sa.UniqueConstraint("user_id", "company_id", name=op.f("uq_company_member_user_id_company_id")),
    )
    with op.batch_alter_table("company_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_member_company_id"), ["company_id"], unique=False)

    op.create_table(
        "company_sector",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_sector_company_id_company")),
        sa.PrimaryKeyConstraint("company_id", "sector", name=op.f("pk_company_sector")),
    )
    with op.batch_alter_table("company_sector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_sector_sector"), ["sector"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_ref", sa.String(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("problem_vi", sa.String(), nullable=False),
        sa.Column("problem_en", sa.String(), nullable=False),
        sa.Column("wanted_result_vi", sa.String(), nullable=False),
        sa.Column("wanted_result_en", sa.String(), nullable=False),
        sa.Column("lowest_readiness", sa.Integer(), nullable=True),
        sa.Column("budget_low", sa.BigInteger(), nullable=True),
        sa.Column("budget_high", sa.BigInteger(), nullable=True),
        sa.Column("budget_currency", sa.String(), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("transfer_forms", sa.JSON(), nullable=False),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'published', 'archived')", name=op.f("ck_need_known_state")
        ),
        sa.CheckConstraint("budget_low >= 0 AND budget_high >= budget_low", name=op.f("ck_need_budget_range")),
        sa.CheckConstraint("lowest_readiness BETWEEN 1 AND 9", name=op.f("ck_need_readiness_level")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_need_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("public_ref", name=op.f("uq_need_public_ref")),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index("ix_need_company", ["company_id", "state"], unique=False)

    op.create_table(
        "technology",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_ref", sa.String(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("summary_vi", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("description_vi", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("advantages_vi", sa.String(), nullable=False),
        sa.Column("advantages_en", sa.String(), nullable=False),
        sa.Column("keywords_vi", sa.JSON(), nullable=False),
        sa.Column("keywords_en", sa.JSON(), nullable=False),
        sa.Column("readiness", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("transfer_forms", sa.JSON(), nullable=False),
        sa.Column("property_kind", sa.String(), nullable=False),
        sa.Column("property_number", sa.String(), nullable=False),
        sa.Column("price_kind", sa.String(), nullable=False),
        sa.Column("price_low", sa.BigInteger(), nullable=True),
        sa.Column("price_high", sa.BigInteger(), nullable=True),
        sa.Column("price_currency", sa.String(), nullable=False),
        sa.Column("picture_digest", sa.String(), nullable=True),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "price_kind IN ('by_agreement', 'range', 'fixed')", name=op.f("ck_technology_known_price_kind")
        ),
        sa.CheckConstraint(
            "stage IN ('idea', 'laboratory', 'pilot', 'production')", name=op.f("ck_technology_known_stage")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'published', 'archived')", name=op.f("ck_technology_known_state")
        ),
        sa.CheckConstraint("price_low >= 0 AND price_high >= price_low", name=op.f("ck_technology_price_range")),
        sa.CheckConstraint("readiness BETWEEN 1 AND 9", name=op.f("ck_technology_readiness_level")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_technology_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technology")),
        sa.UniqueConstraint("public_ref", name=op.f("uq_technology_public_ref")),
    )
    with op.batch_alter_table("technology", schema=None) as batch_op:
        batch_op.create_index("ix_technology_company", ["company_id", "state"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("exhibits", sa.String(), nullable=False),
        sa.Column("booth_wish", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("form_token", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'waiting', 'approved', 'declined', 'withdrawn', 'cancelled')",
            name=op.f("ck_application_known_state"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_application_company_id_company")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name=op.f("fk_application_decided_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_application_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("form_token", name=op.f("uq_application_form_token")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_company_id"), ["company_id"], unique=False)
        batch_op.create_index("ix_application_queue", ["fair_id", "state"], unique=False)
        batch_op.create_index(
            "uq_application_open",
            ["fair_id", "company_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"),
        )

    op.create_table(
        "exhibitor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_exhibitor_company_id_company")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_exhibitor_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibitor")),
        sa.UniqueConstraint("fair_id", "company_id", name=op.f("uq_exhibitor_fair_id_company_id")),
    )
    with op.batch_alter_table("exhibitor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibitor_company_id"), ["company_id"], unique=False)

    op.create_table(
        "need_sector",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_sector_need_id_need")),
        sa.PrimaryKeyConstraint("need_id", "sector", name=op.f("pk_need_sector")),
    )
    with op.batch_alter_table("need_sector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_sector_sector"), ["sector"], unique=False)

    op.create_table(
        "technology_sector",
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_technology_sector_technology_id_technology")
        ),
        sa.PrimaryKeyConstraint("technology_id", "sector", name=op.f("pk_technology_sector")),
    )
    with op.batch_alter_table("technology_sector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_technology_sector_sector"), ["sector"], unique=False)

    op.create_table(
        "booth_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("exhibitor_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'offered', 'assigned', 'released')", name=op.f("ck_booth_assignment_known_state")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_booth_assignment_booth_id_booth")),
        sa.ForeignKeyConstraint(
            ["exhibitor_id"], ["exhibitor.id"], name=op.f("fk_booth_assignment_exhibitor_id_exhibitor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_assignment")),
    )
    with op.batch_alter_table("booth_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_assignment_booth_id"), ["booth_id"], unique=False)
        batch_op.create_index("ix_booth_assignment_exhibitor", ["exhibitor_id"], unique=False)
        batch_op.create_index(
            "uq_booth_assignment_held",
            ["booth_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('offered', 'assigned')"),
            postgresql_where=sa.text("state IN ('offered', 'assigned')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("booth_assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_booth_assignment_held",
            sqlite_where=sa.text("state IN ('offered', 'assigned')"),
            postgresql_where=sa.text("state IN ('offered', 'assigned')"),
        )
        batch_op.drop_index("ix_booth_assignment_exhibitor")
        batch_op.drop_index(batch_op.f("ix_booth_assignment_booth_id"))

    op.drop_table("booth_assignment")
    with op.batch_alter_table("technology_sector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_technology_sector_sector"))

    op.drop_table("technology_sector")
    with op.batch_alter_table("need_sector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_sector_sector"))

    op.drop_table("need_sector")
    with op.batch_alter_table("exhibitor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibitor_company_id"))

    op.drop_table("exhibitor")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_application_open",
            sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled')"),
        )
        batch_op.drop_index("ix_application_queue")
        batch_op.drop_index(batch_op.f("ix_application_company_id"))

    op.drop_table("application")
    with op.batch_alter_table("technology", schema=None) as batch_op:
        batch_op.drop_index("ix_technology_company")

    op.drop_table("technology")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index("ix_need_company")

    op.drop_table("need")
    with op.batch_alter_table("company_sector", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_sector_sector"))

    op.drop_table("company_sector")
    with op.batch_alter_table("company_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_member_company_id"))

    op.drop_table("company_member")
    op.drop_table("company")

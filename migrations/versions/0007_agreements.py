"""Agreements, parties, signatures and projects.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('memorandum', 'technology_transfer_cooperation', 'technology_transfer_contract', 'investment_decision', 'investment_memorandum', 'nda')",
            name=op.f("ck_agreement_template_known_kind"),
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_agreement_template_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_template")),
        sa.UniqueConstraint("fair_id", "kind", "version", name=op.f("uq_agreement_template_fair_id_kind_version")),
    )
    op.create_table(
        "investment_project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("province_code", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_investment_project_fair_id_fair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investment_project")),
    )
    with op.batch_alter_table("investment_project", schema=None) as batch_op:
        batch_op.create_index("ix_investment_project_fair", ["fair_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("subject_vi", sa.String(), nullable=False),
        sa.Column("subject_en", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("value_high", sa.BigInteger(), nullable=True),
        sa.Column("value_currency", sa.String(), nullable=True),
        sa.Column("value_rate", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("value_vnd", sa.BigInteger(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("partner_country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("technology_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("frozen_digest", sa.String(), nullable=True),
        sa.Column("document_digest", sa.String(), nullable=True),
        sa.Column("page_digests", sa.JSON(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('memorandum', 'technology_transfer_cooperation', 'technology_transfer_contract', 'investment_decision', 'investment_memorandum', 'nda')",
            name=op.f("ck_agreement_known_kind"),
        ),
        sa.CheckConstraint(
            "state <> 'completed' OR signed_on IS NOT NULL", name=op.f("ck_agreement_completed_is_dated")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'negotiation', 'abandoned', 'declined', 'expired') OR frozen_digest IS NOT NULL",
            name=op.f("ck_agreement_frozen_has_a_digest"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'negotiation', 'frozen', 'signing', 'sealing', 'completed', 'amended', 'terminated', 'abandoned', 'declined', 'expired')",
            name=op.f("ck_agreement_known_state"),
        ),
        sa.CheckConstraint(
            "value >= 0 AND value_high >= value AND value_vnd >= 0", name=op.f("ck_agreement_value_is_an_amount")
        ),
        sa.CheckConstraint(
            "value IS NULL OR value_currency IS NOT NULL", name=op.f("ck_agreement_value_has_a_currency")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_agreement_created_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_agreement_fair_id_fair")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agreement_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["investment_project.id"], name=op.f("fk_agreement_project_id_investment_project")
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name=op.f("fk_agreement_technology_id_technology")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["agreement_template.id"], name=op.f("fk_agreement_template_id_agreement_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("code", name=op.f("uq_agreement_code")),
        sa.UniqueConstraint("fair_id", "number", name=op.f("uq_agreement_fair_id_number")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_register", ["fair_id", "kind", "state"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("tax_code", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("representative_title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 6", name=op.f("ck_party_two_to_six")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_party_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_party_company_id_company")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("agreement_id", "position", name=op.f("uq_party_agreement_id_position")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index("ix_party_company", ["company_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("signer_email", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("codes_sent", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("decline_reason", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_signature_signed_is_dated")),
        sa.CheckConstraint("method IN ('mailed_code', 'certificate', 'seal')", name=op.f("ck_signature_known_method")),
        sa.CheckConstraint("role IN ('signer', 'approver', 'witness', 'copy')", name=op.f("ck_signature_known_role")),
        sa.CheckConstraint(
            "state IN ('waiting', 'invited', 'viewed', 'signed', 'declined', 'delegated', 'expired')",
            name=op.f("ck_signature_known_state"),
        ),
        sa.CheckConstraint("code_tries >= 0 AND codes_sent >= 0", name=op.f("ck_signature_counts_tries")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_signature_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index("ix_signature_party", ["party_id"], unique=False)
        batch_op.create_index(
            "uq_signature_asked",
            ["party_id", "role", "signer_email"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('declined', 'delegated', 'expired')"),
            postgresql_where=sa.text("state NOT IN ('declined', 'delegated', 'expired')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signature_asked",
            sqlite_where=sa.text("state NOT IN ('declined', 'delegated', 'expired')"),
            postgresql_where=sa.text("state NOT IN ('declined', 'delegated', 'expired')"),
        )
        batch_op.drop_index("ix_signature_party")
        batch_op.drop_index(batch_op.f("ix_signature_agreement_id"))

    op.drop_table("signature")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index("ix_party_company")

    op.drop_table("party")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_register")

    op.drop_table("agreement")
    with op.batch_alter_table("investment_project", schema=None) as batch_op:
        batch_op.drop_index("ix_investment_project_fair")

    op.drop_table("investment_project")
    op.drop_table("agreement_template")

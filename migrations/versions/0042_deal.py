"""A deal as typed fields: several technologies, milestones, area, form of transfer, the rate's day, its connection.

Revision 0042, after 0041.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

FORMS = "'licence', 'assignment', 'joint_venture', 'turnkey', 'training', 'equipment_sale', 'commissioned_research'"


def upgrade() -> None:
    op.create_table(
        "agreement_technology",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_agreement_technology_agreement_id_agreement"
        ),
        sa.ForeignKeyConstraint(
            ["technology_id"], ["technology.id"], name="fk_agreement_technology_technology_id_technology"
        ),
        sa.PrimaryKeyConstraint("agreement_id", "position", name="pk_agreement_technology"),
        sa.UniqueConstraint("agreement_id", "technology_id", name="uq_agreement_technology_agreement_id_technology_id"),
    )
    op.create_index("ix_agreement_technology_technology_id", "agreement_technology", ["technology_id"])
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name="fk_milestone_agreement_id_agreement"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("agreement_id", "position", name="uq_milestone_agreement_id_position"),
        sa.CheckConstraint(
            "measure IN ('step', 'capital', 'jobs', 'technology')", name=op.f("ck_milestone_known_measure")
        ),
        sa.CheckConstraint("(measure = 'step') = (planned IS NULL)", name=op.f("ck_milestone_step_has_no_amount")),
        sa.CheckConstraint("planned > 0", name=op.f("ck_milestone_promises_something")),
    )
    op.execute(
        "INSERT INTO agreement_technology (agreement_id, position, technology_id)"
        " SELECT id, 1, technology_id FROM agreement WHERE technology_id IS NOT NULL"
    )
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_constraint("fk_agreement_technology_id_technology", type_="foreignkey")
        agreement.drop_column("technology_id")
        agreement.add_column(sa.Column("value_rate_on", sa.Date(), nullable=True))
        agreement.add_column(sa.Column("area_m2", sa.BigInteger(), nullable=True))
        agreement.add_column(sa.Column("transfer_form", sa.String(), nullable=True))
        agreement.add_column(sa.Column("connection_id", sa.Integer(), nullable=True))
        # What was frozen before keeps the digest that it was frozen with.
        agreement.add_column(sa.Column("content_format", sa.Integer(), nullable=False, server_default="1"))
        agreement.create_foreign_key("fk_agreement_connection_id_connection", "connection", ["connection_id"], ["id"])
        agreement.create_check_constraint(
            op.f("ck_agreement_rate_is_dated"), "(value_rate IS NULL) = (value_rate_on IS NULL) AND value_rate > 0"
        )
        agreement.create_check_constraint(op.f("ck_agreement_area_is_positive"), "area_m2 > 0")
        agreement.create_check_constraint(op.f("ck_agreement_known_transfer_form"), f"transfer_form IN ({FORMS})")
    with op.batch_alter_table("agreement") as agreement:
        agreement.alter_column("content_format", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        for name in ("rate_is_dated", "area_is_positive", "known_transfer_form"):
            agreement.drop_constraint(op.f(f"ck_agreement_{name}"), type_="check")
        agreement.drop_constraint("fk_agreement_connection_id_connection", type_="foreignkey")
        for name in ("content_format", "connection_id", "transfer_form", "area_m2", "value_rate_on"):
            agreement.drop_column(name)
        agreement.add_column(sa.Column("technology_id", sa.Integer(), nullable=True))
        agreement.create_foreign_key("fk_agreement_technology_id_technology", "technology", ["technology_id"], ["id"])
    op.execute(
        "UPDATE agreement SET technology_id = (SELECT technology_id FROM agreement_technology"
        " WHERE agreement_id = agreement.id AND position = 1)"
    )
    op.drop_table("milestone")
    op.drop_table("agreement_technology")

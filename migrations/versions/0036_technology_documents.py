"""Documents of technologies.

Revision 0036, after 0035.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.ForeignKey("technology.id", name="fk_technology_document_technology_id_technology")
    op.create_table(
        "technology_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("technology_id", sa.Integer(), key, nullable=False),
        sa.Column("title_vi", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_technology_document"),
        sa.UniqueConstraint("technology_id", "digest", name="uq_technology_document_technology_id_digest"),
        sa.CheckConstraint("level IN ('public', 'request')", name="ck_technology_document_known_level"),
    )
    op.create_index("ix_technology_document_technology_id", "technology_document", ["technology_id"])


def downgrade() -> None:
    op.drop_table("technology_document")

"""Tables for meetings stand in rooms, which lie on the floor plan and can be closed; until now each had words.

Revision 0075, after 0076.
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0076"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ONLY = ("Khu gặp gỡ", "Meeting area")  # where tables had no words

room = sa.table("meeting_room", *(sa.column(name) for name in ("id", "fair_id", "name_vi", "name_en")))
table = sa.table("meeting_table", *(sa.column(name) for name in ("id", "fair_id", "room_id", "place_vi", "place_en")))


def upgrade() -> None:
    op.create_table(
        "meeting_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=True),
        sa.Column("x", sa.Integer(), nullable=True),
        sa.Column("y", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "hall_id IS NULL OR (x >= 0 AND y >= 0)", name=op.f("ck_meeting_room_in_a_hall_at_a_square")
        ),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_meeting_room_fair_id_fair")),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_meeting_room_hall_id_hall"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_room")),
        sa.UniqueConstraint("fair_id", "name_vi", name=op.f("uq_meeting_room_fair_id_name_vi")),
    )
    op.create_index(op.f("ix_meeting_room_hall_id"), "meeting_room", ["hall_id"])
    op.create_table(
        "room_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_room_closure_ends_after_start")),
        sa.ForeignKeyConstraint(["room_id"], ["meeting_room.id"], name=op.f("fk_room_closure_room_id_meeting_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_closure")),
    )
    op.create_index(op.f("ix_room_closure_room_id"), "room_closure", ["room_id"])
    with op.batch_alter_table("meeting_table") as tables:
        tables.add_column(sa.Column("room_id", sa.Integer(), nullable=True))
    _words_to_rooms()
    with op.batch_alter_table("meeting_table") as tables:
        tables.alter_column("room_id", existing_type=sa.Integer(), nullable=False)
        tables.create_foreign_key(op.f("fk_meeting_table_room_id_meeting_room"), "meeting_room", ["room_id"], ["id"])
        tables.create_index(op.f("ix_meeting_table_room_id"), ["room_id"])
        tables.drop_column("place_en")
        tables.drop_column("place_vi")


def _words_to_rooms() -> None:
    """A room for each place that tables of a fair name, by its Vietnamese words."""
    bind = op.get_bind()
    rooms: dict[tuple[int, str], int] = {}
    for row in bind.execute(sa.select(table).order_by(table.c.id)).all():
        vi, en = (row.place_vi, row.place_en) if row.place_vi or row.place_en else ONLY
        key = (row.fair_id, vi or en)
        if key not in rooms:
            values = {"fair_id": row.fair_id, "name_vi": vi or en, "name_en": en}
            rooms[key] = bind.execute(sa.insert(room).values(values).returning(room.c.id)).scalar_one()
        bind.execute(sa.update(table).where(table.c.id == row.id).values(room_id=rooms[key]))


def downgrade() -> None:
    with op.batch_alter_table("meeting_table") as tables:
        tables.add_column(sa.Column("place_vi", sa.String(), nullable=False, server_default=""))
        tables.add_column(sa.Column("place_en", sa.String(), nullable=False, server_default=""))
    bind = op.get_bind()
    for row in bind.execute(sa.select(room)).all():
        names = {"place_vi": row.name_vi, "place_en": row.name_en}
        bind.execute(sa.update(table).where(table.c.room_id == row.id).values(names))
    with op.batch_alter_table("meeting_table") as tables:
        tables.drop_index(op.f("ix_meeting_table_room_id"))
        tables.drop_constraint(op.f("fk_meeting_table_room_id_meeting_room"), type_="foreignkey")
        tables.drop_column("room_id")
        tables.alter_column("place_vi", server_default=None)
        tables.alter_column("place_en", server_default=None)
    op.drop_table("room_closure")
    op.drop_table("meeting_room")

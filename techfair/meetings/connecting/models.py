"""The table of connections that look alike and are two."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from techfair.extensions import Model


class ConnectionsApart(Model):
    """Two connections of a pair of companies of which an organizer said that their subjects differ."""

    __tablename__ = "connections_apart"
    __table_args__ = (CheckConstraint("first_id < second_id", name="in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("connection.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("connection.id"), primary_key=True, index=True)

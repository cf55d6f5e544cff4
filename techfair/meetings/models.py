"""Tables of the meeting programme: who takes part, who asked whom, when and where they meet, what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from techfair.core import clock
from techfair.core.database import one_of
from techfair.core.languages import pick
from techfair.core.states import Stateful, steps
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import Model
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair
from techfair.meetings.rooms.models import Room
from techfair.visitors.models import Registration

OPEN_REQUEST = text("state = 'sent'")


def pair_of(one: int, other: int) -> str:
    """The two of a request in one order, whoever asks."""
    return f"{min(one, other)}-{max(one, other)}"


def _pair(context: Any) -> str:
    row = context.get_current_parameters()
    return pair_of(row["from_id"], row["to_id"])


class Slot(Model):
    """A time in which meetings take place; ``session`` groups slots between breaks."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("fair_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    session: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Table(Model):
    """A table in a room for meetings."""

    __tablename__ = "meeting_table"
    __table_args__ = (UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str]
    room_id: Mapped[int] = mapped_column(ForeignKey("meeting_room.id"), index=True)
    room: Mapped[Room] = relationship(lazy="joined", innerjoin=True)  # wherever a table is named, its room is, too

    @property
    def place(self) -> str:
        return self.room.name


class Participant(Model):
    """An exhibitor or a registered person who takes part in the meeting programme."""

    __tablename__ = "participant"
    __table_args__ = (
        CheckConstraint("(exhibitor_id IS NULL) <> (registration_id IS NULL)", name="one_kind_of_party"),
        Index("ix_participant_fair", "fair_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), unique=True)
    exhibitor: Mapped[Exhibitor | None] = relationship(lazy="raise")
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), unique=True)
    registration: Mapped[Registration | None] = relationship(lazy="raise")
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["vi"])
    comes: Mapped[str] = mapped_column(default="", server_default="")  # who usually does, for a company; see staff
    unavailable: Mapped[list["Unavailability"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class Unavailability(Model):
    """A slot in which a participant cannot meet."""

    __tablename__ = "unavailability"

    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), primary_key=True, index=True)


class MeetingRequest(Stateful, Model):
    """A wish of one participant to meet another. A counter-proposal is a new request linked to the first."""

    STEPS = steps(sent="accepted declined expired withdrawn")

    __tablename__ = "meeting_request"
    __table_args__ = (
        one_of("state", ("sent", "accepted", "declined", "expired", "withdrawn")),
        CheckConstraint("from_id <> to_id", name="not_with_oneself"),
        # One unanswered wish a pair, however often the button is pressed and whoever presses it.
        Index(
            "uq_meeting_request_open",
            "pair",
            unique=True,
            sqlite_where=OPEN_REQUEST,
            postgresql_where=OPEN_REQUEST,
        ),
        Index("ix_meeting_request_fair", "fair_id", "state"),
        Index("ix_meeting_request_to", "to_id", "state"),
        Index("ix_meeting_request_expiring", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    from_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    from_participant: Mapped[Participant] = relationship(foreign_keys=[from_id], lazy="raise")
    to_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    to_participant: Mapped[Participant] = relationship(foreign_keys=[to_id], lazy="raise")
    pair: Mapped[str] = mapped_column(default=_pair)  # see pair_of
    technology_id: Mapped[int | None] = mapped_column(ForeignKey("technology.id"))
    technology: Mapped[Technology | None] = relationship(lazy="raise")
    counters_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"))
    state: Mapped[str] = mapped_column(default="sent")
    message: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    time_wish: Mapped[str] = mapped_column(default="", server_default="")  # in words: the morning of the 25th
    level: Mapped[str] = mapped_column(default="", server_default="")  # who should come, see words.LEVELS
    is_on_behalf: Mapped[bool] = mapped_column(default=False, server_default=false())  # the organizer asked
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]  # None once the reminder went out
    answered_at: Mapped[datetime | None]
    group: Mapped[list["RequestParty"]] = relationship(lazy="raise", back_populates="request")


class RequestParty(Model):
    """One of several who are asked to the same meeting, which takes place only if all accept."""

    __tablename__ = "meeting_request_party"

    request_id: Mapped[int] = mapped_column(ForeignKey("meeting_request.id"), primary_key=True)
    request: Mapped[MeetingRequest] = relationship(back_populates="group", lazy="raise")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True, index=True)
    participant: Mapped[Participant] = relationship(lazy="raise")
    accepted_at: Mapped[datetime | None]


class Meeting(Stateful, Model):
    """An agreed meeting. The database keeps two meetings from one table and slot."""

    STEPS = steps(agreed="scheduled cancelled", scheduled="agreed held no_show cancelled")

    __tablename__ = "meeting"
    __table_args__ = (
        one_of("state", ("agreed", "scheduled", "held", "no_show", "cancelled")),
        CheckConstraint("state NOT IN ('agreed', 'cancelled') OR slot_id IS NULL", name="place_only_while_scheduled"),
        CheckConstraint("state <> 'scheduled' OR slot_id IS NOT NULL", name="scheduled_has_a_slot"),
        CheckConstraint("table_id IS NULL OR slot_id IS NOT NULL", name="table_needs_a_slot"),
        CheckConstraint("booth_id IS NULL OR (slot_id IS NOT NULL AND table_id IS NULL)", name="one_place"),
        UniqueConstraint("slot_id", "table_id"),
        Index("ix_meeting_fair", "fair_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    request_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_request.id"), unique=True)
    request: Mapped[MeetingRequest | None] = relationship(lazy="raise")
    state: Mapped[str] = mapped_column(default="agreed")
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"))
    slot: Mapped[Slot | None] = relationship(lazy="raise")
    table_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_table.id"))
    table: Mapped[Table | None] = relationship(lazy="raise")
    booth_id: Mapped[int | None] = mapped_column(ForeignKey("booth.id"))  # of an exhibitor who meets at its own
    booth: Mapped[Booth | None] = relationship(lazy="raise")
    is_locked: Mapped[bool] = mapped_column(default=False)
    reason_unplaced_vi: Mapped[str] = mapped_column(default="")
    reason_unplaced_en: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entry
    agreed_at: Mapped[datetime] = mapped_column(default=clock.now)
    parties: Mapped[list["MeetingParty"]] = relationship(back_populates="meeting", lazy="raise")

    @property
    def reason_unplaced(self) -> str:
        return pick(self.reason_unplaced_vi, self.reason_unplaced_en)


class MeetingParty(Model):
    """A participant in a meeting. ``slot_id`` repeats the meeting's while it stands, so that the database
    itself refuses a second meeting of the same person at the same time."""

    __tablename__ = "meeting_party"
    __table_args__ = (
        UniqueConstraint("meeting_id", "participant_id"),
        UniqueConstraint("participant_id", "slot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    meeting: Mapped[Meeting] = relationship(back_populates="parties", lazy="raise")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    participant: Mapped[Participant] = relationship(lazy="raise")
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"))


class Connection(Stateful, Model):
    """A pair of parties and a subject, confirmed by both sides or by the organizer with evidence.

    ``first_id < second_id`` and ``subject_key`` make one pair and subject one row, however they are named.
    """

    STEPS = steps(proposed="confirmed rejected merged", confirmed="merged")

    __tablename__ = "connection"
    __table_args__ = (
        one_of("state", ("proposed", "confirmed", "rejected", "merged")),
        CheckConstraint("first_id < second_id", name="pair_in_order"),
        UniqueConstraint("fair_id", "first_id", "second_id", "subject_key"),
        Index("ix_connection_counting", "fair_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    fair: Mapped[Fair] = relationship(lazy="raise")
    first_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    first: Mapped[Company] = relationship(foreign_keys=[first_id], lazy="raise")
    second_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    second: Mapped[Company] = relationship(foreign_keys=[second_id], lazy="raise")
    subject_vi: Mapped[str]
    subject_en: Mapped[str] = mapped_column(default="")
    subject_key: Mapped[str]
    sector: Mapped[str | None]
    technology_id: Mapped[int | None] = mapped_column(ForeignKey("technology.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    source: Mapped[str]  # "meeting", "connection_point", "scan", "other"
    partner_country: Mapped[str] = mapped_column(default="VN")
    state: Mapped[str] = mapped_column(default="proposed")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("connection.id"))
    evidence: Mapped[str] = mapped_column(default="")
    arose_on: Mapped[date]
    first_agreed_at: Mapped[datetime | None]  # when each side said so itself
    second_agreed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]

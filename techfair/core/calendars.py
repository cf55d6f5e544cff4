"""Calendar entries after RFC 5545 (iCalendar) and RFC 5546 (iTIP): times in UTC, lines as they are before folding.

Every time is UTC, so that no calendar needs to know the fair's zone; ``folded`` makes the lines of the wire.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from techfair.core import clock

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
MOST = 75  # octets a line, without its end (RFC 5545, 3.1)


@dataclass(frozen=True)
class Person:
    """Who invites or is invited."""

    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """One entry. ``uid`` stays the same through all changes, ``sequence`` rises with each (RFC 5545, 3.8.7.4)."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    summary: str
    location: str = ""
    description: str = ""
    is_cancelled: bool = False
    attendee: Person | None = None


def calendar(events: Iterable[Event], method: Method, organizer: Person, name: str = "") -> str:
    """A whole calendar, unfolded: a mail keeps it so, that a name in it can be found."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//techfair//meetings//VI", "CALSCALE:GREGORIAN"]
    lines.append(f"METHOD:{method}")
    if name:
        lines.append(f"X-WR-CALNAME:{text(name)}")
    for event in events:
        lines += _event(event, organizer)
    return "\n".join([*lines, "END:VCALENDAR"]) + "\n"


def _event(event: Event, organizer: Person) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.uid}", f"SEQUENCE:{event.sequence}", f"DTSTAMP:{_utc(clock.now())}"]
    lines.append(f"DTSTART:{_utc(event.starts_at)}")
    if event.ends_at is not None:
        lines.append(f"DTEND:{_utc(event.ends_at)}")
    lines.append(f"SUMMARY:{text(event.summary)}")
    lines += [f"LOCATION:{text(event.location)}"] if event.location else []
    lines += [f"DESCRIPTION:{text(event.description)}"] if event.description else []
    lines.append(f"ORGANIZER;CN={parameter(organizer.name)}:mailto:{organizer.email}")
    if event.attendee is not None:
        who = parameter(event.attendee.name or event.attendee.email)
        lines.append(f"ATTENDEE;CN={who};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:{event.attendee.email}")
    lines.append(f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}")
    return [*lines, "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11): what would end it is escaped."""
    escaped = re.sub(r"([\\;,])", r"\\\1", value.strip())
    return re.sub(r"\r\n?|\n", r"\\n", escaped)


def parameter(value: str) -> str:
    """A parameter's value: quoted, for a name may hold a comma; it can hold no quote itself (3.2)."""
    return '"' + re.sub(r'[\x00-\x1f"]+', " ", value).strip() + '"'


def folded(unfolded: str) -> bytes:
    """The calendar as it goes over the wire: CRLF, no line over 75 octets, none cut inside a letter."""
    return b"".join(part + b"\r\n" for line in unfolded.splitlines() for part in _parts(line))


def _parts(line: str) -> list[bytes]:
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > MOST:
            parts.append(part)
            part = b" "
        part += octets
    return [*parts, part]


def method_of(unfolded: str) -> str:
    found = re.search(r"^METHOD:(\w+)$", unfolded, re.MULTILINE)
    return found[1] if found else "PUBLISH"

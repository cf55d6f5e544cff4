"""The scheduler's files: instances (techfair-b2b/1) read, schedules (techfair-b2b-schedule/1) written."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from techfair.meetings.scheduler.instance import (
    Assignment,
    Fixed,
    Instance,
    Interpreter,
    Meeting,
    Participant,
    Schedule,
    Slot,
)

INSTANCE_FORMAT = "techfair-b2b/1"
SCHEDULE_FORMAT = "techfair-b2b-schedule/1"

Record = Mapping[str, Any]


class NotAnInstance(ValueError):
    """The file is no instance of the format; the message says where it first departs from it."""


def read_instance(path: Path) -> Instance:
    """Raises NotAnInstance, or OSError if the file cannot be read."""
    try:
        return instance_of(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise NotAnInstance(f"{path}: {error}") from error


def write_schedule(schedule: Schedule, path: Path) -> None:
    """The file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(record_of(schedule), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def instance_of(record: Any) -> Instance:
    """The instance in a parsed file; raises NotAnInstance."""
    if not isinstance(record, dict) or record.get("format") != INSTANCE_FORMAT:
        raise NotAnInstance(f'"format" is not "{INSTANCE_FORMAT}"')
    try:
        return Instance(
            name=str(record.get("name", "")),
            slots=tuple(Slot(x["id"], str(x["session"]), str(x.get("start", ""))) for x in record["slots"]),
            tables=tuple(record["tables"]),
            participants=tuple(map(_participant, record["participants"])),
            meetings=tuple(map(_meeting, record["meetings"])),
            interpreters=tuple(map(_interpreter, record.get("interpreters") or ())),
            previous=tuple(map(_assignment, record.get("previous") or ())),
            must_place_all=bool(record.get("must_place_all")),
        )
    except KeyError as error:
        raise NotAnInstance(f"a record has no {error}") from error
    except (AttributeError, TypeError) as error:
        raise NotAnInstance(f"a record has not the shape of the format ({error})") from error


def _participant(x: Record) -> Participant:
    return Participant(
        id=x["id"],
        languages=frozenset(x.get("languages") or ()),
        unavailable=frozenset(x.get("unavailable") or ()),
        booth=x.get("booth"),
        max_meetings=x.get("max_meetings"),
    )


def _meeting(x: Record) -> Meeting:
    allowed, fixed = x.get("allowed_slots"), x.get("fixed")
    return Meeting(
        id=x["id"],
        participants=tuple(x["participants"]),
        weight=x.get("weight", 1),
        allowed_slots=None if allowed is None else frozenset(allowed),
        fixed=None if fixed is None else Fixed(fixed["slot"], fixed.get("place")),
        after=tuple(x.get("after") or ()),
    )


def _interpreter(x: Record) -> Interpreter:
    pairs = tuple((first, second) for first, second in x["pairs"])
    return Interpreter(x["id"], pairs, frozenset(x.get("unavailable") or ()))


def _assignment(x: Record) -> Assignment:
    return Assignment(x["meeting"], x["slot"], x["place"], x.get("interpreter"))


def record_of(schedule: Schedule) -> dict[str, Any]:
    """The schedule as the format wants it."""
    bound = {"weight": schedule.bound.weight, "gaps": schedule.bound.gaps}
    if schedule.bound.moved is not None:
        bound["moved"] = schedule.bound.moved
    return {
        "format": SCHEDULE_FORMAT,
        "instance": schedule.instance,
        "status": schedule.status,
        "bound": bound,
        "seconds": schedule.seconds,
        "assignments": [
            {"meeting": x.meeting, "slot": x.slot, "place": x.place, "interpreter": x.interpreter}
            for x in schedule.assignments
        ],
        "unplaced": [
            {"meeting": x.meeting, "reason": x.reason.value, "message": dict(x.message)} for x in schedule.unplaced
        ],
    }

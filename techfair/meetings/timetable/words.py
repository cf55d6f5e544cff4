"""What the parts of a timetable are called, the same on page, mail and log."""

from flask_babel import lazy_gettext as _l

WAYS = {
    "anew": (_l("Plan anew"), _l("Every meeting that is not locked may get another time.")),
    "rest": (_l("Plan only the rest"), _l("What has a time keeps it; the others are placed around it.")),
    "repair": (
        _l("Repair"),
        _l("After cancellations, absences or lost tables: as many meetings as possible, and as few moved as possible."),
    ),
}
REACHED = {
    "weight": _l("meetings have a time"),
    "alone": _l("participants without a meeting"),
    "moved": _l("meetings moved by the repair"),
    "gaps": _l("idle times between meetings"),
    "wishes": _l("meetings not at the time asked for in the draft"),
    "times": _l("times somebody meets who would rather at another time"),
    "walks": _l("squares of the plan walked between meetings"),
    "changes": _l("changes of table from one meeting to the next"),
}
KINDS = {
    "added": _l("Added"),
    "moved": _l("Moved"),
    "dropped": _l("Dropped"),
    "left_out": _l("Left out"),
    "unchanged": _l("Unchanged"),
}
TONES = {"added": "good", "moved": "warn", "dropped": "bad", "left_out": "bad", "unchanged": "plain"}
DEEDS = {
    "timetable.published": _l("Timetable of meetings published"),
    "timetable.discarded": _l("Draft of the timetable thrown away"),
    "calendar_feed.made": _l("Address of a calendar made"),
    "timetable.moved": _l("Meeting moved in the draft"),
    "timetable.locked": _l("Meetings locked"),
    "timetable.unlocked": _l("Meetings unlocked"),
    "meeting_tables.closed": _l("Tables for meetings closed"),
    "participant.absent": _l("Participant of meetings absent"),
}
DETAILS = {
    "way": _l("Way of planning"),
    "version": _l("Version"),
    "moved": _l("Moved"),
    "dropped": _l("Dropped"),
    "meetings": _l("Meetings"),
    "participants": _l("Participants"),
    "since": _l("Since"),
}

"""What this room's states are called: one word each, the same on page and mail."""

from flask_babel import lazy_gettext as _l

REQUEST_STATES = {
    "sent": _l("Waiting for an answer"),
    "accepted": _l("Accepted"),
    "declined": _l("Turned down"),
    "expired": _l("Expired"),
    "withdrawn": _l("Withdrawn"),
}
LEVELS = {
    "": _l("Whoever knows the subject"),
    "expert": _l("Engineers and experts"),
    "manager": _l("Heads of department"),
    "leader": _l("Directors"),
}
MEETING_STATES = {
    "agreed": _l("Waits for a time"),
    "scheduled": _l("Has a time"),
    "held": _l("Held"),
    "no_show": _l("Did not take place"),
    "cancelled": _l("Cancelled"),
}
CONNECTION_STATES = {
    "proposed": _l("Proposed"),
    "confirmed": _l("Confirmed"),
    "rejected": _l("Rejected"),
    "merged": _l("Merged"),
}
SOURCES = {
    "meeting": _l("Meeting at the fair"),
    "connection_point": _l("Connection point"),
    "survey": _l("Survey"),
    "workshop": _l("Workshop"),
    "consultation": _l("Consultation"),
    "scan": _l("Visit to the booth"),
    "other": _l("Other contact"),
}
# What the log calls the deeds of this room.
DEEDS = {
    "meeting_request.sent": _l("Meeting asked for"),
    "meeting_request.sent_for": _l("Meeting asked for on behalf of others"),
    "meeting_request.changed": _l("Request for a meeting changed"),
    "meeting_request.accepted_by_one": _l("One of several accepted a meeting"),
    "meeting_request.accepted": _l("Request for a meeting accepted"),
    "meeting_request.declined": _l("Request for a meeting turned down"),
    "meeting_request.withdrawn": _l("Request for a meeting withdrawn"),
    "meeting_request.expired": _l("Request for a meeting expired"),
    "meeting.scheduled": _l("Meeting given a time"),
    "meeting.agreed": _l("Meeting waits for a time again"),
    "meeting.held": _l("Meeting noted as held"),
    "meeting.no_show": _l("Meeting noted as not held"),
    "meeting.arrived": _l("Somebody came to a meeting"),
    "meeting.given_at_once": _l("Free table given to a pair that waited"),
    "meeting.result_said": _l("One side told what came of a meeting"),
    "meeting.cancelled": _l("Meeting cancelled"),
    "meetings.scheduling": _l("Scheduling started"),
    "meeting_slots.added": _l("Times for meetings added"),
    "meeting_slots.cleared": _l("Times for meetings removed"),
    "meeting_tables.set": _l("Tables for meetings set"),
    "participant.availability": _l("Times without meetings changed"),
    "participant.joined": _l("Joined the meetings"),
    "participant.changed": _l("Changed what they offer or seek in meetings"),
    "participant.left": _l("Left the meetings"),
    "interpreter.kept": _l("Interpreter noted"),
    "interpreter.shift_added": _l("Shift of an interpreter added"),
    "interpreter.shift_dropped": _l("Shift of an interpreter taken away"),
    "interpreter.link_sent": _l("Link sent to an interpreter"),
    "interpreter.link_ended": _l("Links of an interpreter ended"),
    "meeting_rules.set": _l("Rules of the meetings set"),
    "connection.proposed": _l("Connection proposed"),
    "connection.agreed": _l("One side agreed to a connection"),
    "connection.confirmed": _l("Connection confirmed"),
    "connection.rejected": _l("Connection rejected"),
    "connection.merged": _l("Connection merged into another"),
    "connection.kept_apart": _l("Two connections kept apart"),
}

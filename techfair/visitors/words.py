"""The words of this room, the same on page, mail and export."""

from flask_babel import lazy_gettext as _l

KIND_WORDS = {
    "visitor": _l("Visitor"),
    "delegate": _l("Delegate"),
    "exhibitor_staff": _l("Exhibitor"),
    "speaker": _l("Speaker"),
    "press": _l("Press"),
    "guest": _l("Guest"),
    "organizer": _l("Organizer"),
    "vip": _l("VIP"),
}
# The colour of the band on a badge, always beside the word; numbers are those of the style sheet.
KIND_BANDS = {
    "visitor": 1,
    "delegate": 2,
    "exhibitor_staff": 3,
    "speaker": 4,
    "press": 4,
    "guest": 1,
    "organizer": 5,
    "vip": 6,
}
PURPOSE_WORDS = {
    "organizer_contact": _l("The organizer may write to me about this fair and the next ones"),
    "exhibitors_read": _l("An exhibitor who scans my badge may read my e-mail and telephone number"),
    "public_list": _l("My name and organisation may stand in the public list of visitors"),
    "photos": _l("Photos and films of the fair that show me may be published"),
}
BADGE_STATES = {"issued": _l("valid"), "replaced": _l("replaced"), "revoked": _l("revoked")}
REGISTRATION_STATES = {
    "pending": _l("waiting for approval"),
    "confirmed": _l("confirmed"),
    "cancelled": _l("cancelled"),
}
REASON_WORDS = {
    "unknown_code": _l("This is not a badge code"),
    "bad_signature": _l("This badge was not issued here"),
    "other_fair": _l("Badge of another fair"),
    "revoked": _l("This badge was revoked"),
    "replaced": _l("This badge was replaced by a new one"),
    "kind_not_allowed": _l("This kind of badge does not enter here"),
    "activity_full": _l("This activity is full"),
    "not_registered": _l("Not registered for this activity"),
    "not_open_yet": _l("Not open yet"),
    "closed": _l("This gate is closed"),
    "wrong_day": _l("This badge is for another day"),
    "not_approved": _l("The registration is not approved yet"),
    "gate_not_granted": _l("This device may not scan at this gate"),
}
PLACE_WORDS = {"entrance": _l("Entrance"), "activity": _l("Door of an activity"), "booth": _l("Booth")}
RULE_WORDS = {
    "once": _l("Once in the whole fair"),
    "daily": _l("Once a day"),
    "every": _l("Every entry counts"),
    "reentry": _l("Again only after going out"),
}
DESIGN_WORDS = {
    "classic": _l("Band below"),
    "banner": _l("Coloured head"),
    "side": _l("Strip at the side"),
}
FINDING_WORDS = {
    "same_person": _l("The same person came twice"),
    "badge_shared": _l("The badge was passed on"),
    "wrong_reading": _l("A mistake at the gate"),
    "unclear": _l("It stays unclear"),
}
PAPER_WORDS = {
    "a6": _l("A6, one badge a page"),
    "a4": _l("A4, four badges a sheet with lines to cut along"),
    "card": _l("Card, 86 × 54 mm"),
}
PRINT_ORDER_WORDS = {"name": _l("Name"), "organisation": _l("Organisation"), "number": _l("Badge number")}
VERDICT_WORDS = {"admitted": _l("let in"), "repeated": _l("already in"), "refused": _l("refused")}
DEEDS = {
    "gate.made": _l("Gate made"),
    "gate.changed": _l("Gate changed"),
    "gate.closed": _l("Gate closed"),
    "gate.reopened": _l("Gate reopened"),
    "gate.deleted": _l("Gate deleted"),
    "device.enrolled": _l("Device admitted to gates"),
    "device.joined": _l("Device joined by its code"),
    "device.revoked": _l("Device revoked"),
    "badges.printed": _l("Badges printed"),
    "people.imported": _l("People imported from a list"),
    "gate.names_given": _l("Names given to a gate’s device"),
    "registration.made": _l("Registered"),
    "registration.present": _l("Marked present"),
    "registration.not_present": _l("No longer marked present"),
    "registration.kept_apart": _l("Found to be another person"),
    "registration.merged": _l("Merged into another registration"),
    "registration.took_in": _l("Another registration was merged into this one"),
    "registration.cancelled": _l("Registration cancelled"),
    "registration.approved": _l("Registration approved"),
    "registration.declined": _l("Registration declined"),
    "kinds.approval_chosen": _l("Kinds that want approval chosen"),
    "registration.corrected": _l("Registration corrected"),
    "registration.link_code_given": _l("One-time code given at the desk"),
    "registration.phone_linked": _l("Phone linked to the badge"),
    "kinds.days_chosen": _l("Days on which kinds are let in chosen"),
    "badges.designed": _l("Look of the badges chosen"),
    "kiosk.started": _l("Kiosk started"),
    "kiosk.ended": _l("Kiosk ended"),
    "invitation.sent": _l("Invitation sent"),
    "invitation.revoked": _l("Invitation taken back"),
    "booth_people.quotas_set": _l("Quotas of staff and guests set"),
    "staff.named": _l("Exhibitor named one of its staff"),
    "staff.removed": _l("Exhibitor took one of its staff off"),
    "guest_code.made": _l("Invitation code for guests made"),
    "guest_code.ended": _l("Invitation code for guests ended"),
    "guest_code.used": _l("Invitation code used by a guest"),
    "delegation.made": _l("Delegation added"),
    "delegation.changed": _l("Delegation changed"),
    "delegation.invited": _l("Delegation invited"),
    "delegation.link_ended": _l("Link of a delegation ended"),
    "delegation.named": _l("Delegation named its people"),
    "sign_up.made": _l("Signed up for an activity"),
    "sign_up.seated": _l("Seat given"),
    "sign_up.left": _l("Left an activity"),
    "registration.erased": _l("Personal data erased"),
    "registration.moved": _l("E-mail address changed"),
    "contact.left": _l("Contact left with an exhibitor"),
    "contact.taken_back": _l("Contact taken back from an exhibitor"),
    "leads.exported": _l("Leads exported"),
    "badge.replaced": _l("Badge replaced"),
    "badge.revoked": _l("Badge revoked"),
    "scan.conflict_decided": _l("Conflict between gates explained"),
    "hall_server.invited": _l("Hall server invited"),
    "hall_server.joined": _l("Hall server joined"),
    "hall_server.linked": _l("Linked to the central server"),
    "hall_server.revoked": _l("Exchange with a hall server ended"),
}

INVITATION_STATES = {
    "sent": _l("sent"),
    "used": _l("used"),
    "expired": _l("expired"),
    "revoked": _l("taken back"),
}

SIGN_UP_STATES = {
    "seated": _l("has a seat"),
    "waiting": _l("waits"),
    "left": _l("signed off"),
}

"""What the log calls deeds and things, and the states of mail; a test fails for a deed without a word."""

from flask_babel import lazy_gettext as _l

from techfair.accounts.words import DEEDS as ACCOUNT_DEEDS
from techfair.agreements.ceremony.words import DEEDS as CEREMONY_DEEDS
from techfair.agreements.ceremony.words import THINGS as CEREMONY_THINGS
from techfair.agreements.commitments.words import DEEDS as PROGRESS_DEEDS
from techfair.agreements.commitments.words import THINGS as PROGRESS_THINGS
from techfair.agreements.kinds import DEED_LABELS
from techfair.agreements.trust.words import DEEDS as TRUST_DEEDS
from techfair.agreements.trust.words import THINGS as TRUST_THINGS
from techfair.exhibitors.call.words import DEEDS as CALL_DEEDS
from techfair.exhibitors.contacts.words import DEEDS as CONTACT_DEEDS
from techfair.exhibitors.disclosure.words import DEEDS as DISCLOSURE_DEEDS
from techfair.exhibitors.experts.words import DEEDS as EXPERT_DEEDS
from techfair.exhibitors.fees.words import DEEDS as FEE_DEEDS
from techfair.exhibitors.restricted.words import DEEDS as RESTRICTED_DEEDS
from techfair.exhibitors.reviewing.words import DEEDS as REVIEW_DEEDS
from techfair.exhibitors.words import DEEDS as EXHIBITOR_DEEDS
from techfair.fairs.words import DEEDS as FAIR_DEEDS
from techfair.meetings.limits.words import DEEDS as LIMIT_DEEDS
from techfair.meetings.limits.words import DETAILS as LIMIT_DETAILS
from techfair.meetings.ranking.words import DEEDS as RANKING_DEEDS
from techfair.meetings.rooms.words import DEEDS as ROOM_DEEDS
from techfair.meetings.rooms.words import THINGS as ROOM_THINGS
from techfair.meetings.staff.words import DEEDS as STAFF_DEEDS
from techfair.meetings.swapping.words import DEEDS as SWAPPING_DEEDS
from techfair.meetings.timetable.words import DEEDS as TIMETABLE_DEEDS
from techfair.meetings.timetable.words import DETAILS as TIMETABLE_DETAILS
from techfair.meetings.words import DEEDS as MEETING_DEEDS
from techfair.visitors.words import DEEDS as VISITOR_DEEDS

MAIL_STATES = {"queued": _l("queued"), "sent": _l("sent"), "failed": _l("failed")}

DEEDS = {
    **FAIR_DEEDS,
    **ACCOUNT_DEEDS,
    **EXHIBITOR_DEEDS,
    **CALL_DEEDS,
    **REVIEW_DEEDS,
    **CONTACT_DEEDS,
    **DISCLOSURE_DEEDS,
    **EXPERT_DEEDS,
    **RESTRICTED_DEEDS,
    **FEE_DEEDS,
    **VISITOR_DEEDS,
    **MEETING_DEEDS,
    **LIMIT_DEEDS,
    **RANKING_DEEDS,
    **ROOM_DEEDS,
    **STAFF_DEEDS,
    **SWAPPING_DEEDS,
    **TIMETABLE_DEEDS,
    **DEED_LABELS,
    **CEREMONY_DEEDS,
    **PROGRESS_DEEDS,
    **TRUST_DEEDS,
    "mail.sent_again": _l("Mail sent again"),
}
DETAILS = {
    "address": _l("Address"),
    **LIMIT_DETAILS,
    **TIMETABLE_DETAILS,
    "activity_id": _l("Activity, number"),
    "added": _l("Added"),
    "amount": _l("Amount in đồng"),
    "after": _l("After"),
    "bank": _l("Bank"),
    "before": _l("Before"),
    "body": _l("Sending body"),
    "blocked": _l("Times without meetings"),
    "preferred": _l("Preferred times"),
    "booth": _l("Booth"),
    "booths": _l("Booths"),
    "category": _l("Kind of booth"),
    "central": _l("Central server"),
    "certificate": _l("Certificate"),
    "changed": _l("Changed"),
    "clause": _l("Clause"),
    "code": _l("Code"),
    "codes": _l("Codes"),
    "company": _l("Company"),
    "contact_id": _l("Contact, number"),
    "day": _l("Day"),
    "deleted": _l("Deleted"),
    "device": _l("Device"),
    "digest": _l("Checksum"),
    "digests": _l("Checksums"),
    "dispatch": _l("Dispatch number"),
    "document": _l("Document"),
    "document_before": _l("Document before"),
    "due_on": _l("Pay by"),
    "evidence": _l("What proves it"),
    "exhibitor_id": _l("Exhibitor, number"),
    "fields": _l("Fields"),
    "file": _l("File"),
    "finding": _l("What happened"),
    "form": _l("Kind of file"),
    "gates": _l("Gates"),
    "grants": _l("Rights"),
    "holder": _l("Account holder"),
    "into": _l("Into registration, number"),
    "issued_by": _l("Issued by"),
    "kind": _l("Kind"),
    "kinds": _l("Kinds"),
    "left_out": _l("Not shown any more"),
    "level": _l("Who gets it"),
    "mark": _l("Look of the signature"),
    "member_id": _l("Person, number"),
    "merged": _l("Registration merged, number"),
    "method": _l("Way of signing"),
    "name": _l("Name"),
    "names": _l("Names"),
    "new": _l("Later ones too"),
    "new_number": _l("New number"),
    "note": _l("Note"),
    "number": _l("Number"),
    "price_vnd": _l("Price of one booth"),
    "paid_on": _l("Received on"),
    "role": _l("Role"),
    "rule": _l("How often a badge enters"),
    "shown": _l("Shown"),
    "signers": _l("Signers"),
    "participant": _l("Participant, number"),
    "place": _l("Place"),
    "slot": _l("Time"),
    "slots": _l("Times"),
    "slug": _l("Web address"),
    "subject": _l("Subject"),
    "table": _l("Table"),
    "tables": _l("Tables"),
    "title": _l("Title"),
    "to": _l("To"),
    "unit_id": _l("Unit, number"),
    "until": _l("Until"),
    "user": _l("Account"),
    "user_id": _l("Account, number"),
    "version": _l("Version"),
    "visitors": _l("Visitors"),
}
THINGS = {
    "organizing_unit": _l("Unit"),
    "fair": _l("Fair"),
    "activity": _l("Activity"),
    "hall": _l("Hall"),
    "booth": _l("Booth"),
    "booths": _l("Booths"),
    "user_account": _l("Account"),
    "unit_role": _l("Role"),
    "fair_role": _l("Role"),
    "company": _l("Company"),
    "call_question": _l("Question of the call"),
    "application": _l("Application"),
    "exhibitor": _l("Exhibitor"),
    "fee": _l("Fee"),
    "technology": _l("Technology"),
    "expert": _l("Expert or innovative firm"),
    "disclosure_request": _l("Request to see what is kept back"),
    "need": _l("Need"),
    "delegation": _l("Delegation"),
    "invitation": _l("Invitation"),
    "guest_code": _l("Invitation code"),
    "kiosk": _l("Kiosk"),
    "registration": _l("Registration"),
    "sign_up": _l("Sign-up"),
    "badge": _l("Badge"),
    "gate": _l("Gate"),
    "device": _l("Device"),
    "hall_server": _l("Hall server"),
    "hall_link": _l("Link to the central server"),
    "scan": _l("Scan"),
    "meeting_request": _l("Request for a meeting"),
    "meeting": _l("Meeting"),
    "participant": _l("Participant"),
    "connection": _l("Connection"),
    "agreement": _l("Agreement"),
    "agreement_template": _l("Template of a document"),
    "signature": _l("Signature"),
    **CEREMONY_THINGS,
    **PROGRESS_THINGS,
    **ROOM_THINGS,
    **TRUST_THINGS,
    "mail": _l("Mail"),
}
ACTORS = {
    "system": _l("the system"),
    "delegation": _l("the delegation"),
    "kiosk": _l("the kiosk"),
    "visitor": _l("the visitor"),
    "setup": _l("the first set-up"),
    "signer": _l("a signer"),
}

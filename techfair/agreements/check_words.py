"""What a verification says to a layman: first one sentence for the whole, then for each signature."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from techfair.agreements.checking import Check
from techfair.agreements.sealing.findings import Finding

# verdict: tone, headline, what it means and what to do
VERDICTS: dict[str, tuple[str, LazyString, LazyString]] = {
    "good": (
        "good",
        _l("Genuine, complete and unchanged"),
        _l("Every party has signed, the organizer has sealed it, and this is byte for byte the file that we keep."),
    ),
    "evidence": (
        "good",
        _l("Genuine evidence of a signing"),
        _l("This is the sealed record of who signed when and how, unchanged. The signed document is another file."),
    ),
    "paper": (
        "warn",
        _l("Genuine, sealed, and signed by hand on paper"),
        _l(
            "The file is unchanged and sealed by the organizer. The parties signed a printed copy by hand: no signature"
            " of theirs is in this file. The record keeps the scans under their SHA-256."
        ),
    ),
    "scan": (
        "good",
        _l("The scan that the record keeps"),
        _l("This is, byte for byte, a scan of the copy that the parties signed by hand."),
    ),
    "unbound": (
        "bad",
        _l("The record of the copy signed by hand does not hold"),
        _l("The scans in our record are no longer those that were bound to the text. Ask the organizer for the paper."),
    ),
    "another": (
        "bad",
        _l("Another document"),
        _l("This file belongs to a document of ours, but not to the one whose code was given."),
    ),
    "attachment": (
        "good",
        _l("An attachment of this document"),
        _l("This is, byte for byte, a file that the text of the document binds by its SHA-256."),
    ),
    "no_attachment": (
        "bad",
        _l("Does not belong to this document"),
        _l("This file is neither the document nor one of its attachments as they were when the text was settled."),
    ),
    "incomplete": (
        "warn",
        _l("Genuine, but not signed by all"),
        _l("What is signed is unchanged, but signatures are missing. The document does not hold yet."),
    ),
    "changed": (
        "bad",
        _l("Changed: do not trust this file"),
        _l("What was signed is no longer what is in the file, or a signature covers only a part of it."),
    ),
    "changed_after": (
        "bad",
        _l("Changed after signing: do not trust this file"),
        _l("Somebody added or replaced something after the signatures. What you see need not be what was signed."),
    ),
    "differs": (
        "bad",
        _l("Not the file that we keep"),
        _l(
            "The signatures hold, but the SHA-256 of the file differs from the one in our record: bytes were changed"
            " where no signature looks. Take the original by its code."
        ),
    ),
    "rewritten": (
        "warn",
        _l("Saved anew by another program"),
        _l(
            "A program wrote the file anew, so its signatures cannot be checked any more. That says nothing about"
            " forgery. Take the original by its code and verify that."
        ),
    ),
    "withdrawn": (
        "bad",
        _l("A certificate had been withdrawn"),
        _l("The file is unchanged, but the authority had withdrawn a signer’s certificate before it was used."),
    ),
    "expired": (
        "bad",
        _l("A certificate had run out"),
        _l("The file is unchanged, but a signer’s certificate was no longer valid when it was used."),
    ),
    "not_yet_valid": (
        "bad",
        _l("A certificate is not valid yet"),
        _l("The file is unchanged, but a signer’s certificate only begins later."),
    ),
    "wrong_purpose": (
        "bad",
        _l("A certificate is not for signing"),
        _l("The file is unchanged, but a certificate was used that is not meant for signing documents."),
    ),
    "unknown_issuer": (
        "bad",
        _l("We do not know who vouches for a signature"),
        _l("The file is unchanged, but a signer’s certificate comes from an authority that is not trusted here."),
    ),
    "time_claimed": (
        "warn",
        _l("Unchanged, but the time is only claimed"),
        _l(
            "A certificate has run out since. That it signed before is only said by the signer’s own clock: no time"
            " stamp proves it."
        ),
    ),
    "not_ours": (
        "warn",
        _l("Signed, but not one of our documents"),
        _l("The file has valid signatures, but no record here belongs to it. We can say nothing about its content."),
    ),
    "unsigned": (
        "warn",
        _l("Not signed"),
        _l("This PDF holds no signature. It may be a draft or a print; the code at the foot of its pages tells more."),
    ),
    "not_a_pdf": ("bad", _l("Not a PDF"), _l("Choose the signed file that ends in .pdf.")),
    "encrypted": (
        "bad",
        _l("Locked by a password"),
        _l("A file locked by a password cannot be checked. Our documents have none: take the original by its code."),
    ),
    "corrupt": (
        "bad",
        _l("Damaged"),
        _l("The file breaks off or cannot be read as a PDF. Download it again, or take the original by its code."),
    ),
    "too_large": ("bad", _l("Too large"), _l("Files up to 30 MB are checked. Our documents are far smaller.")),
}
KINDS = {
    "certification": _l("Certification by the organizer"),
    "party": _l("Signature of a party"),
    "witness": _l("Signature of a witness"),
    "seal": _l("Seal of the organizer"),
    "timestamp": _l("Time stamp over the whole file"),
    "other": _l("Another signature"),
}
REASONS = {
    "": _l("Trusted"),
    "withdrawn": _l("Certificate withdrawn"),
    "expired": _l("Certificate had run out"),
    "not_yet_valid": _l("Certificate not valid yet"),
    "wrong_purpose": _l("Certificate not for signing"),
    "unknown_issuer": _l("Issuer not trusted here"),
    "time_claimed": _l("Certificate run out since, time only claimed"),
}
COVERS = {
    "whole": _l("Covers the whole file"),
    "version": _l("Covers the file as it was then"),
    "part": _l("Covers only a part or nothing"),
}
LATER = {
    "nothing": _l("Nothing came after it"),
    "permitted": _l("Only further signatures, or data for checking them, came after it"),
    "changed": _l("Something else was changed after it"),
}
SPOKE = {
    "signatures": _l("The signatures in the file"),
    "record": _l("Our record of the finished file"),
    "": _l("The file alone: nothing in it could be checked"),
}


def field_label(field: str) -> LazyString:
    """What to call a field that still waits for a signature."""
    if field == "Seal":
        return _l("Seal of the organizer")
    if field.startswith("Witness"):
        return _l("Witness")
    return _l("Party %(letter)s", letter=field.removeprefix("Party")[:1])


def headline(check: Check) -> str:
    return str(VERDICTS[check.verdict][1])


def meaning(check: Check) -> str:
    return str(VERDICTS[check.verdict][2])


def tone(check: Check) -> str:
    return VERDICTS[check.verdict][0]


def who_vouches(finding: Finding) -> LazyString:
    """Whose word a certificate is, for somebody who has never seen one."""
    if finding.is_own and finding.kind in {"party", "witness"}:
        return _l(
            "The fair itself vouches: a code sent to the signer’s mailbox was typed. No authority checked papers."
        )
    if finding.is_own:
        return _l("The fair’s own certificate.")
    if finding.reason == "unknown_issuer":
        return _l("Nobody whom we trust vouches for this name.")
    return _l("An authority that checked the bearer vouches for this name.")

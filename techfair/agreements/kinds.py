"""The kinds of agreement and the words for their states, the same on page, mail and document."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from flask_babel import lazy_gettext as _l

TRANSFER_KINDS = ("memorandum", "technology_transfer_cooperation", "technology_transfer_contract")
INVESTMENT_KINDS = ("investment_decision", "investment_memorandum")
KINDS = (*TRANSFER_KINDS, *INVESTMENT_KINDS, "nda")
KIND_LABELS = {
    "memorandum": _l("Memorandum of understanding"),
    "technology_transfer_cooperation": _l("Technology transfer cooperation agreement"),
    "technology_transfer_contract": _l("Technology transfer contract"),
    "investment_decision": _l("Investment policy decision"),
    "investment_memorandum": _l("Investment memorandum"),
    "nda": _l("Non-disclosure agreement"),
}
STATE_LABELS = {
    "draft": _l("Draft"),
    "negotiation": _l("In negotiation"),
    "frozen": _l("Text settled"),
    "signing": _l("Being signed"),
    "sealing": _l("Being sealed"),
    "completed": _l("Signed by all"),
    "amended": _l("Amended"),
    "terminated": _l("Terminated"),
    "abandoned": _l("Abandoned"),
    "declined": _l("Declined"),
    "expired": _l("Expired"),
}
SIGNATURE_LABELS = {
    "waiting": _l("Waiting"),
    "invited": _l("Invited"),
    "viewed": _l("Code sent"),
    "signed": _l("Has signed"),
    "declined": _l("Declined"),
    "delegated": _l("Handed over"),
    "expired": _l("Expired"),
}
ROLE_LABELS = {
    "signer": _l("Signer"),
    "approver": _l("Approver"),
    "witness": _l("Witness"),
    "copy": _l("Receives a copy"),
}
DEED_LABELS = {
    "agreement_template.saved": _l("Template of a document changed"),
    "agreement.drafted": _l("Drafted"),
    "agreement.changed": _l("Draft changed"),
    "agreement.shared": _l("Put before the parties"),
    "agreement.commented": _l("Commented"),
    "agreement.proposed": _l("Change proposed"),
    "agreement.proposal_accepted": _l("Proposal accepted"),
    "agreement.proposal_rejected": _l("Proposal rejected"),
    "agreement.proposal_withdrawn": _l("Proposal withdrawn"),
    "agreement.agreed": _l("Agreed to the text"),
    "agreement.attached": _l("File attached"),
    "agreement.detached": _l("Attachment taken out"),
    "agreement.frozen": _l("Text settled"),
    "agreement.invited": _l("Sent for signing"),
    "agreement.asked_again": _l("Links sent again"),
    "agreement.abandoned": _l("Abandoned"),
    "agreement.signed_on_paper": _l("Signed by hand on paper, scans bound"),
    "agreement.change_drafted": _l("Amendment or termination drafted"),
    "agreement.amended": _l("Amended"),
    "agreement.terminated": _l("Terminated"),
    "agreement.completed": _l("Document completed"),
    "agreement.evidence_kept": _l("Evidence of signing kept"),
    "signature.code_sent": _l("Code sent to the signer"),
    "signature.signed": _l("Signed by mailed code"),
    "agreement.signers_set": _l("Signers and their order set"),
    "agreement.deadline_moved": _l("Last day for signing moved"),
    "agreement.deadline_passed": _l("Last day for signing is over"),
    "signature.approved": _l("Approved by mailed code"),
    "signature.signed_by_certificate": _l("Signed by own certificate"),
    "signature.handed_over": _l("Handed over to a colleague"),
    "signature.reminded": _l("Reminded of signing"),
    "signature.declined": _l("Declined to sign"),
}


@cache
def _standard() -> dict[str, dict[str, Any]]:
    text = files("techfair.agreements").joinpath("data/standard_clauses.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def standard_clauses(kind: str) -> list[dict[str, str]]:
    """The platform's own clauses of a kind: heading and text in both languages, {fields} in the texts."""
    return [dict(clause) for clause in _standard()[kind]["clauses"]]


def title(kind: str, language: str) -> str:
    """What stands on top of a document of this kind."""
    return str(_standard()[kind][f"title_{language}"])

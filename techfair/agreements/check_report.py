"""A check of a file as the command line tells it: as plain values, and as text."""

from typing import Any

from techfair.agreements import check_words
from techfair.agreements.checking import Check
from techfair.agreements.sealing.findings import Finding


def as_data(check: Check, *, is_well: bool) -> dict[str, Any]:
    """The technical report of a check, as plain values."""
    agreement = check.agreement
    return {
        "verdict": check.verdict,
        "ok": is_well,
        "says": check_words.headline(check),
        "spoke": check.spoke,
        "sha256": check.digest,
        "record": {
            "code": agreement.code if agreement else None,
            "state": agreement.state if agreement else None,
            "is_the_kept_file": check.is_the_kept_file,
            "signed_by_hand": _by_hand(check),
        },
        "missing": list(check.report.missing),
        "signatures": [_signature(finding) for finding in check.report.findings],
    }


def _by_hand(check: Check) -> dict[str, Any] | None:
    """What the record says of a copy signed by hand; none where there is none."""
    copy = check.agreement.paper if check.agreement else None
    if copy is None:
        return None
    scans = [{"place": page.place, "sha256": page.digest} for page in copy.pages]
    return {"on": copy.signed_on.isoformat(), "sha256": copy.digest, "is_bound": check.is_bound, "scans": scans}


def _of_paper(check: Check) -> list[str]:
    told = _by_hand(check) or {"on": "?", "scans": []}
    scans = [f"   scan {one['place']}: SHA-256 {one['sha256']}" for one in told["scans"]]
    return [f"Signed by hand on {told['on']}; exit 0 only with --paper.", *scans]


def _signature(finding: Finding) -> dict[str, Any]:
    told = {name: value for name, value in vars(finding).items() if name != "stated_reason"}
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}
    return told | {"ok": finding.is_good, "chain": list(finding.chain)}


def as_text(check: Check) -> str:
    lines = [f"{check_words.headline(check)}. {check_words.meaning(check)}", f"SHA-256 {check.digest}"]
    for number, finding in enumerate(check.report.findings, start=1):
        lines += ["", f"{number}. {check_words.KINDS[finding.kind]}: {finding.signer or '?'}"]
        lines += [f"   {line}" for line in _details(finding)]
    if check.is_by_hand:
        lines += ["", *_of_paper(check)]
    if check.report.missing:
        lines += ["", f"Missing: {', '.join(check.report.missing)}"]
    return "\n".join(lines)


def _details(finding: Finding) -> list[str]:
    times = [f"signed {finding.claimed_at.isoformat()} by the signer's clock" if finding.claimed_at else ""]
    times += [f"time stamp {finding.stamped_at.isoformat()}" if finding.stamped_at else "no time stamp"]
    return [
        "intact" if finding.is_intact else "CHANGED",
        f"{check_words.REASONS[finding.reason]}: {' < '.join(finding.chain)}",
        "; ".join(filter(None, [*times, f"level {finding.level}"])),
        f"{check_words.COVERS[finding.covers]}. {check_words.LATER[finding.later]}.",
    ]

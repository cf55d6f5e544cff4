"""``techfair agreements ...``"""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from techfair.agreements import check_words, checking, documents, evidence, queries, trail
from techfair.agreements.checking import Check
from techfair.agreements.sealing.findings import Finding
from techfair.core.database import begin_mode
from techfair.extensions import db
from techfair.fairs.models import Fair

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def agreements() -> None:
    """Signed documents: verify one, take all of a fair along."""


@agreements.command()
@click.argument("slug", metavar="FAIR")
@click.option("--directory", type=FOLDER, required=True, help="Where to put the files; made where it is missing.")
@click.option("--evidence", "with_evidence", is_flag=True, help="Beside each document the evidence of its signing.")
@with_appcontext
def export(slug: str, directory: Path, with_evidence: bool) -> None:
    """Write every completed document of FAIR into a folder, as it was signed and sealed."""
    begin_mode.set("DEFERRED")
    fair = db.session.scalars(select(Fair).filter_by(slug=slug)).one_or_none()
    if fair is None:
        raise click.ClickException(f"There is no fair {slug}.")
    directory.mkdir(parents=True, exist_ok=True)
    completed = list(db.session.scalars(queries.bound(fair)))
    for agreement in completed:
        name = agreement.number.replace("/", "-")
        (directory / f"{name}.pdf").write_bytes(documents.present(agreement))
        if with_evidence and agreement.evidence_digest:
            (directory / f"{name}-evidence.pdf").write_bytes(evidence.read(agreement))
    click.echo(f"{len(completed)} documents in {directory}.")


@agreements.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def verify(file: Path, as_json: bool) -> None:
    """Say who signed FILE and whether it is complete and unchanged; exit 0 only if all is well."""
    begin_mode.set("DEFERRED")
    with file.open("rb") as opened:
        check = checking.check(opened.read(checking.MOST_BYTES + 1))
    with force_locale("en"):
        click.echo(json.dumps(as_data(check), ensure_ascii=False, indent=1) if as_json else _as_text(check))
    if not check.is_good:
        raise SystemExit(1)


TRAIL_SAYS = {
    "good": "Every entry stands in the audit log, none is left out, and the log's chain holds.",
    "not_a_trail": "This is no audit trail of ours.",
    "changed": "Line {line} was changed: its digest does not fit what it says.",
    "not_in_log": "Line {line} does not stand in the audit log of this agreement.",
    "left_out": "An entry before line {line} is left out, or lines changed places.",
    "chain_broken": "The entries stand in the audit log, but the log's own chain is broken.",
}


@agreements.command("trail")
@click.argument("code")
@with_appcontext
def write_trail(code: str) -> None:
    """Print the audit trail of the agreement with CODE as JSON lines."""
    begin_mode.set("DEFERRED")
    agreement = queries.by_code(code)
    if agreement is None:
        raise click.ClickException(f"No settled agreement has the code {code}.")
    click.echo(trail.written(agreement), nl=False)


@agreements.command("verify-trail")
@click.argument("file", type=FILE)
@with_appcontext
def verify_trail(file: Path) -> None:
    """Hold an exported audit trail against the audit log; exit 0 only if it is whole and unchanged."""
    begin_mode.set("DEFERRED")
    found = trail.check(file.read_text("utf-8", errors="replace"))
    click.echo(f"{TRAIL_SAYS[found.verdict].format(line=found.line)} {found.entries} entries.")
    if found.verdict != "good":
        raise SystemExit(1)


def as_data(check: Check) -> dict[str, Any]:
    """The technical report of a check, as plain values."""
    agreement = check.agreement
    return {
        "verdict": check.verdict,
        "ok": check.is_good,
        "says": check_words.headline(check),
        "spoke": check.spoke,
        "sha256": check.digest,
        "record": {
            "code": agreement.code if agreement else None,
            "state": agreement.state if agreement else None,
            "is_the_kept_file": check.is_the_kept_file,
        },
        "missing": list(check.report.missing),
        "signatures": [_signature(finding) for finding in check.report.findings],
    }


def _signature(finding: Finding) -> dict[str, Any]:
    told = {name: value for name, value in vars(finding).items() if name != "stated_reason"}
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}
    return told | {"ok": finding.is_good, "chain": list(finding.chain)}


def _as_text(check: Check) -> str:
    lines = [f"{check_words.headline(check)}. {check_words.meaning(check)}", f"SHA-256 {check.digest}"]
    for number, finding in enumerate(check.report.findings, start=1):
        lines += ["", f"{number}. {check_words.KINDS[finding.kind]}: {finding.signer or '?'}"]
        lines += [f"   {line}" for line in _details(finding)]
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

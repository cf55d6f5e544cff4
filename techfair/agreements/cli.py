"""``techfair agreements ...``"""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from techfair.agreements import check_report, checking, documents, exporting, queries, trail
from techfair.agreements.ceremony import paper
from techfair.agreements.checking import Check
from techfair.core.database import begin_mode
from techfair.core.files import FileDamaged, FileMissing
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
@click.option(
    "--attachments",
    "with_attachments",
    is_flag=True,
    help="Beside each document the files that it binds: attachments, and scans of a copy signed by hand.",
)
@with_appcontext
def export(slug: str, directory: Path, with_evidence: bool, with_attachments: bool) -> None:
    """Write every completed document of FAIR into a folder, as it was signed and sealed."""
    begin_mode.set("DEFERRED")
    fair = db.session.scalars(select(Fair).filter_by(slug=slug)).one_or_none()
    if fair is None:
        raise click.ClickException(f"There is no fair {slug}.")
    directory.mkdir(parents=True, exist_ok=True)
    completed = db.session.scalars(queries.bound(fair).options(*exporting.WHOLE)).unique().all()
    lost = []
    for agreement in completed:
        for file in exporting.files_of(agreement, evidence=with_evidence, attachments=with_attachments):
            try:
                (directory / file.name).write_bytes(file.read())
            except (FileMissing, FileDamaged):
                lost.append(file.name)
    click.echo(f"{len(completed)} documents in {directory}.")
    if lost:
        raise click.ClickException(f"Lost or damaged in the file store, not written: {', '.join(lost)}.")


@agreements.command()
@click.argument("file", type=FILE, required=False)
@click.option("--code", default="", help="The document that FILE must be or belong to; alone: our kept file.")
@click.option("--paper", "by_paper", is_flag=True, help="Take a copy signed by hand for well if our record holds.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_appcontext
def verify(file: Path | None, code: str, by_paper: bool, as_json: bool) -> None:
    """Say who signed FILE and whether it is complete and unchanged; exit 0 only if all is well.

    What parties signed by hand has none of their signatures in a file, so it is well only with --paper: if the seal
    holds and the record still binds every scan, and keeps it.
    """
    begin_mode.set("DEFERRED")
    check = checking.check(_given(file, code), code=code)
    is_well = _is_well(check, by_paper=by_paper)
    with force_locale("en"):
        told = check_report.as_data(check, is_well=is_well)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else check_report.as_text(check))
    if not is_well:
        raise SystemExit(1)


def _given(file: Path | None, code: str) -> bytes:
    """The file in hand, else the one that we keep of the document with a code."""
    agreement = queries.by_code(code) if code else None
    if code and agreement is None:
        raise click.ClickException(f"No settled agreement has the code {code}.")
    if file is not None:
        with file.open("rb") as opened:
            return opened.read(checking.MOST_BYTES + 1)
    if agreement is None:
        raise click.UsageError("Give a file, a code, or both.")
    try:
        return documents.present(agreement)
    except (FileMissing, FileDamaged) as error:
        raise click.ClickException("The file that we keep of this document is lost or damaged.") from error


def _is_well(check: Check, *, by_paper: bool) -> bool:
    if check.is_by_hand:
        return by_paper and check.agreement is not None and paper.are_kept(check.agreement)
    return check.is_good


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

"""Commands about the whole installation: serve, migrate, audit."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from techfair.core import audit as audit_log
from techfair.core import migrating, serving
from techfair.core.database import begin_mode
from techfair.extensions import db

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--bind", help="Address to listen on, by default that of TECHFAIR_BASE_URL on this machine.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
@click.option("--hall", is_flag=True, help="Serve the gates of a hall, after techfair hall join.")
@click.option("--secure-bind", default="0.0.0.0:8443", show_default=True, help="In a hall: where phones reach it.")
@click.option(
    "--name", "names", multiple=True, help="In a hall: a name or address of this machine, the main one first."
)
@click.option("--certificate", type=FILE, help="In a hall: a certificate for these names that phones trust already.")
@click.option("--key", type=FILE, help="In a hall: the certificate's key.")
@with_appcontext
def serve(
    bind: str | None,
    workers: int,
    hall: bool,
    secure_bind: str,
    names: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Migrate, then run web server and worker under one parent; SIGTERM stops all."""
    settings = current_app.extensions["settings"]
    if (names or certificate or key) and not hall:
        raise click.UsageError("--name, --certificate and --key go with --hall.")
    if bool(certificate) != bool(key) or (certificate and not names):
        raise click.UsageError("A certificate goes with its --key and the --name that it is for.")
    migrating.upgrade()
    if hall:
        choices = serving.HallChoices(bind or "0.0.0.0:8000", secure_bind, workers, names, certificate, key)
        lineup = serving.hall(choices, settings)
        click.echo(f"Phones: {lineup.environment['TECHFAIR_BASE_URL']}/hall/")
    else:
        address = bind or f"127.0.0.1:{urlsplit(settings.base_url).port or 8000}"
        lineup = serving.Lineup(webs=[serving.web_command(address, workers)])
    db.session.remove()
    db.engine.dispose()
    serving.serve(lineup, settings)


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to this version's tables."""
    migrating.upgrade()


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_appcontext
def verify(as_json: bool) -> None:
    """Walk the hash chain; exit 1 and name the first entry that does not follow."""
    begin_mode.set("DEFERRED")
    count, broken = audit_log.verify()
    if as_json:
        click.echo(json.dumps({"entries": count, "first_broken": broken and broken.id}))
    elif broken is None:
        click.echo(f"{count} entries, the chain holds.")
    else:
        click.echo(f"Entry {broken.id} ({broken.action}, {broken.at.isoformat()}) does not follow from the one before.")
    if broken is not None:
        raise SystemExit(1)

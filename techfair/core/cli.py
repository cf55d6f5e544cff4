"""Commands about the whole installation: serve, migrate, audit."""

import json
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from techfair.core import audit as audit_log
from techfair.core import migrating, serving
from techfair.core.database import begin_mode


@click.command()
@click.option("--bind", help="Address to listen on, by default that of TECHFAIR_BASE_URL on this machine.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
@with_appcontext
def serve(bind: str | None, workers: int) -> None:
    """Migrate, then run web server and worker under one parent; SIGTERM stops all."""
    settings = current_app.extensions["settings"]
    migrating.upgrade()
    serving.serve(bind or f"127.0.0.1:{urlsplit(settings.base_url).port or 8000}", workers, settings)


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

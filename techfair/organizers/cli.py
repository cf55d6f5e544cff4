"""The command that prints a fair's report."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from techfair.core.database import begin_mode
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.organizers import report as reports


class FairMissing(TechfairError):
    code, status = "fair_missing", 404


@click.command()
@click.argument("fair")
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write, by default the screen.")
@with_appcontext
def report(fair: str, form: str, language: str, output: Path | None) -> None:
    """Print the figures of FAIR, each with its definition and how it is known."""
    begin_mode.set("DEFERRED")
    found = db.session.scalars(select(Fair).filter_by(slug=fair)).one_or_none()
    if found is None:
        raise FairMissing(f"There is no fair {fair}.")
    text = json.dumps(reports.as_json(found, language), ensure_ascii=False, indent=1)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")

"""Commands about gates and visitors."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from techfair.core.database import begin_mode
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.visitors import badges, devices, printing, queries
from techfair.visitors.gate_models import Gate
from techfair.visitors.printing import Order


class NotThere(TechfairError):
    code, status = "not_there", 404


@click.group()
def gates() -> None:
    """Gates, and the devices that scan there."""


@gates.command("list")
@click.argument("fair")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@with_appcontext
def list_gates(fair: str, as_json: bool) -> None:
    """Print the fair's gates, one a line, code first."""
    begin_mode.set("DEFERRED")
    rows = queries.gates(_fair(fair))
    if as_json:
        fields = ("code", "name_vi", "name_en", "place", "rule", "is_closed")
        click.echo(json.dumps([{name: getattr(gate, name) for name in fields} for gate in rows], ensure_ascii=False))
        return
    for gate in rows:
        click.echo("\t".join([gate.code, gate.name, gate.place, gate.rule, "closed" if gate.is_closed else "open"]))


@gates.command()
@click.argument("fair")
@click.option("--gate", "code", required=True, help="The gate's code.")
@click.option("--name", default="", help="What the list of devices calls it.")
@with_appcontext
def token(fair: str, code: str, name: str) -> None:
    """Enrol a device for a gate and print its token, alone on the last line."""
    found = _fair(fair)
    gate = db.session.scalars(select(Gate).filter_by(fair_id=found.id, code=code)).one_or_none()
    if gate is None:
        raise NotThere(f"The fair {fair} has no gate {code}.")
    _device, secret = devices.enrol(found, [gate], name or f"{gate.code}, command line")
    db.session.commit()
    click.echo(secret)


@click.group()
def visitors() -> None:
    """Visitors and their badges."""


@visitors.command()
@click.argument("fair")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many at most.")
@with_appcontext
def codes(fair: str, limit: int) -> None:
    """Print the QR texts of valid badges, one a line."""
    begin_mode.set("DEFERRED")
    found = _fair(fair)
    key = keys.private(found)
    for badge in queries.codes_of_valid_badges(found, limit):
        click.echo(badges.address(badge, found, key))


@visitors.command("badges")
@click.argument("fair")
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--paper", type=click.Choice(["a6", "a4", "card"]), default="a6", show_default=True)
@click.option("--order", type=click.Choice(["name", "organisation", "number"]), default="name", show_default=True)
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@with_appcontext
def print_badges(fair: str, output: Path, paper: Any, order: Any, language: Any) -> None:
    """Write all valid badges into one PDF."""
    begin_mode.set("DEFERRED")
    found, wanted = _fair(fair), Order(paper=paper, order=order, language=language)
    with click.progressbar(length=printing.count(found, wanted), label="Badges", file=sys.stderr) as bar:

        def advance(done: int) -> bool:
            bar.update(done - bar.pos)
            return True

        made = printing.print_all(found, wanted, advance)
    output.write_bytes(made or b"")


def _fair(slug: str) -> Fair:
    fair = db.session.scalars(select(Fair).filter_by(slug=slug)).one_or_none()
    if fair is None:
        raise NotThere(f"There is no fair {slug}.")
    return fair

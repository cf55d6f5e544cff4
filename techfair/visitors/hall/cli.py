"""Commands of a hall server: join the central server, exchange with it, say how it stands."""

import json
import time

import click
from flask.cli import with_appcontext

from techfair.core import migrating
from techfair.core.database import begin_mode
from techfair.extensions import db
from techfair.visitors.hall import exchanging
from techfair.visitors.hall.exchanging import ExchangeFailed


@click.group()
def hall() -> None:
    """A server in the hall, beside the central one."""


@hall.command()
@click.argument("central")
@click.argument("fair")
@click.argument("code")
@with_appcontext
def join(central: str, fair: str, code: str) -> None:
    """Make this instance a hall server of FAIR at the address CENTRAL, by the CODE that the organizer sees."""
    migrating.upgrade()
    link = exchanging.join(central, fair, code)
    name = link.fair.name_vi
    db.session.commit()
    done = exchanging.exchange()
    click.echo(f"Joined {central} for {name}; {done.taken} records taken over.")
    click.echo("Start it with: techfair serve --hall")


@hall.command()
@click.option("--every", type=click.FloatRange(1, 3600), help="Go on, with so many seconds between.")
@with_appcontext
def exchange(every: float | None) -> None:
    """Exchange with the central server once, or again and again."""
    while True:
        try:
            done = exchanging.exchange()
            if done.sent or done.taken or not every:
                click.echo(f"{done.sent} sent, {done.taken} taken.")
        except ExchangeFailed as failure:
            if not every:
                raise
            click.echo(f"Not exchanged ({failure.trouble}): {failure.message}", err=True)
        db.session.remove()
        if not every:
            return
        time.sleep(every)


@hall.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@with_appcontext
def status(as_json: bool) -> None:
    """Say when this hall server last exchanged, and what waits."""
    begin_mode.set("DEFERRED")
    link = exchanging.joined()
    told = {
        "fair": link.fair.slug,
        "central": link.central,
        "exchanged_at": link.exchanged_at and link.exchanged_at.isoformat(),
        "trouble": link.trouble,
        "waiting": exchanging.waiting(link),
    }
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(f"{k}\t{v}" for k, v in told.items()))

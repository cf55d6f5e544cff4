"""The command that loads the demo fair."""

import click
from flask.cli import with_appcontext

from techfair.core import migrating
from techfair.demo import accounts, loading
from techfair.extensions import db


@click.command()
@click.option("--visitors", type=click.IntRange(0, 2_000_000), help=f"Visitors, by default {loading.VISITORS}.")
@click.option("--if-empty", is_flag=True, help="Only where there is no fair yet.")
@click.option("--show-accounts", is_flag=True, help="Print who may sign in, also where nothing was loaded.")
@with_appcontext
def demo(visitors: int | None, if_empty: bool, show_accounts: bool) -> None:
    """Load the 2019 Gia Lai fair; a second time it only adds visitors that are still missing."""
    migrating.upgrade()
    if not if_empty or loading.is_empty():
        click.echo(_load(visitors))
    db.session.rollback()
    if show_accounts:
        click.echo(accounts.listing(), nl=False)


def _load(visitors: int | None) -> str:
    fair = loading.loaded()
    wanted = visitors if visitors is not None else 0 if fair else loading.VISITORS
    with click.progressbar(length=wanted, label="Loading the demo fair") as bar:
        added = loading.load(wanted, bar.update)
        db.session.commit()
    if not fair:
        return f"The demo fair is loaded, with {added} visitors."
    return f"The demo fair has {added} more visitors." if added else "The demo fair is loaded already."

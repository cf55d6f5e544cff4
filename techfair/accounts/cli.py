"""The command that makes an administrator."""

import click
from flask.cli import with_appcontext

from techfair.accounts import first, links
from techfair.accounts.passwords import judge, set_password
from techfair.core import migrating
from techfair.core.refusal import InputRefused
from techfair.extensions import db

LINK_DAYS = 3.0


@click.command()
@click.argument("email")
@click.option("--name", default="", help="Full name, by default the address.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--password", "asks", is_flag=True, help="Ask for a password instead of printing a link to set one.")
@with_appcontext
def administrator(email: str, name: str, language: str, asks: bool) -> None:
    """Make the person of EMAIL an administrator; the last line printed is a link to set the password."""
    migrating.upgrade()
    try:
        password = _asked(email) if asks else None
        user = first.administrator(email, name or email, language)
        if password:
            set_password(user, password)
    except InputRefused as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    address = links.password_address(user, days=LINK_DAYS)
    db.session.commit()
    click.echo(f"{user.email} is an administrator.")
    if not password:
        click.echo("Set the password within three days here:")
        click.echo(address)


def _asked(email: str) -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    judge(password, email)
    return password

"""The ``techfair`` command; each room adds its own group from its cli.py."""

import re
import sys
from importlib import import_module

import click
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy.exc import OperationalError, ProgrammingError

from techfair import create_app
from techfair.core import logs
from techfair.core.errors import TechfairError
from techfair.settings import Settings, WrongSetting

# Rooms with commands: module and the groups or commands it gives.
COMMANDS = {
    "techfair.core.cli": ("serve", "migrate", "audit"),
    "techfair.accounts.cli": ("administrator",),
    "techfair.exhibitors.catalogue.cli": ("technologies", "catalogue"),
    "techfair.visitors.cli": ("gates", "visitors"),
    "techfair.visitors.hall.cli": ("hall",),
    "techfair.meetings.cli": ("meetings",),
    "techfair.agreements.cli": ("agreements",),
    "techfair.organizers.cli": ("report",),
    "techfair.demo.cli": ("demo",),
}
NO_TABLE = re.compile("no such (table|column)|(relation|column) .* does not exist")


def _application() -> Flask:
    settings = Settings.read()
    logs.configure(settings.log_level)
    return create_app(settings)


class Commands(click.Group):
    """All commands; a room's module is imported only when one of its commands is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(name for names in COMMANDS.values() for name in names)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        for module, names in COMMANDS.items():
            if name in names:
                return getattr(import_module(module), name)  # type: ignore[no-any-return]
        return None


@click.group(cls=Commands)
@click.version_option(package_name="techfair")
def techfair() -> None:
    """Runs a technology fair from the first registration to the report."""


def main() -> None:
    """Run a command: exit 0 for success, 1 for a clear failure, 2 for wrong use."""
    try:
        techfair(prog_name="techfair", obj=ScriptInfo(create_app=_application, set_debug_flag=False))
    except WrongSetting as fault:
        sys.exit(_say(str(fault)))
    except TechfairError as refusal:
        sys.exit(_say(str(refusal.message)))
    except (OperationalError, ProgrammingError) as fault:
        if not NO_TABLE.search(str(fault.orig)):
            raise
        sys.exit(_say("The database has no tables yet, or older ones: run techfair migrate first."))


def _say(sentence: str) -> int:
    click.echo(f"techfair: {sentence}", err=True)
    return 1

"""How a hall server is served: once with TLS for phones, once without for scanners, and the exchange beside."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

from techfair.core import serving
from techfair.core.serving import Command, HallChoices, Lineup, web_command
from techfair.settings import Settings
from techfair.visitors.hall import authority, exchanging

EXCHANGE_EVERY = "5"  # seconds


@serving.in_hall
def line_up(choices: HallChoices, settings: Settings) -> Lineup:
    """What runs on a hall server, and with which settings. Raises NotJoined."""
    link = exchanging.joined()
    names = list(choices.names) or [_own_address()]
    certificate, key = _files(choices, names, settings)
    secure = web_command(choices.secure_bind, choices.workers, ("--certfile", str(certificate), "--keyfile", str(key)))
    every = Command("techfair-hall", "techfair", ["hall", "exchange", "--every", EXCHANGE_EVERY])
    return Lineup(
        webs=[secure, web_command(choices.bind, choices.workers)],
        others=[every],
        environment={
            "TECHFAIR_HALL": "true",
            "TECHFAIR_BASE_URL": f"https://{names[0]}:{urlsplit(f'//{choices.secure_bind}').port}",
            "TECHFAIR_BADGE_URL": link.badge_address,
            "TECHFAIR_OTHER_NAMES": ",".join(names),
        },
    )


def _files(choices: HallChoices, names: list[str], settings: Settings) -> tuple[Path, Path]:
    if choices.certificate and choices.key:
        return choices.certificate, choices.key
    return authority.certificate_for(names, settings)


def _own_address() -> str:
    """The address of this machine in its network; asking for the way to somewhere sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
            return str(way.getsockname()[0])
        except OSError:
            return "127.0.0.1"

"""Asking a server outside: one whose name leads to public addresses only, briefly, for a bounded answer.

Where the address comes from a file or a person, it must not make this server ask its own neighbours: each address
that the name leads to is looked at, the one looked at is the one connected to, and redirects are not followed.
Hosts that the operator names in TECHFAIR_INNER_HOSTS may be inside.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from flask import current_app

MOST_BYTES = 5 * 2**20
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """Nobody answered in time, or not there: forbidden, too_large or away."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes


def fetch(
    url: str, body: bytes | None = None, *, headers: Mapping[str, str] | None = None, seconds: float = 5
) -> Answer:
    """GET an address, or with ``body`` POST to it; in all at most so many seconds. Raises Unreachable.

    Hold no lock meanwhile.
    """
    parts, found = _parted(url), list[Answer | Unreachable]()
    may_be_inside = (parts.hostname or "") in inner_hosts()

    def ask() -> None:
        try:
            found.append(_asked(parts, body, headers or {}, seconds, may_be_inside))
        except Unreachable as error:
            found.append(error)
        except (OSError, HTTPException, ValueError):
            found.append(Unreachable("away"))

    thread = Thread(target=ask, daemon=True)  # looking a name up, or a server that drips, knows no time limit
    thread.start()
    thread.join(seconds)
    if not found:
        raise Unreachable("away")
    if isinstance(found[0], Unreachable):
        raise found[0]
    return found[0]


def require_web_address(url: str) -> None:
    """Raises Unreachable for what is no https address, or of a host inside http or https."""
    parts = _parted(url)
    if parts.scheme != "https" and (parts.hostname or "") not in inner_hosts():
        raise Unreachable("forbidden")


def inner_hosts() -> frozenset[str]:
    """The hosts that may have an address inside."""
    named: str = current_app.extensions["settings"].inner_hosts
    return frozenset(host.strip().casefold() for host in named.split(",") if host.strip())


def _parted(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Unreachable("forbidden") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise Unreachable("forbidden")
    return parts


def _asked(
    parts: SplitResult, body: bytes | None, headers: Mapping[str, str], seconds: float, may_be_inside: bool
) -> Answer:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    addresses = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not may_be_inside and not all(map(_is_public, addresses)):
        raise Unreachable("forbidden")
    connection = HTTPConnection(host, port, timeout=seconds)
    connection.sock = socket.create_connection((addresses[0], port), timeout=seconds)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET" if body is None else "POST", path, body, dict(headers))
        answer = connection.getresponse()
        said = answer.read(MOST_BYTES + 1)
    finally:
        connection.close()
    if len(said) > MOST_BYTES:
        raise Unreachable("too_large")
    return Answer(answer.status, said)


def _is_public(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    inside = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (inside is None or inside.is_global)

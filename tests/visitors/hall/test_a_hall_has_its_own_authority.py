"""Phones that trust a hall's own authority trust it for the hall alone, and once."""

import socket
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from techfair.core import clock
from techfair.settings import Settings
from techfair.visitors.hall import authority

pytestmark = pytest.mark.same_everywhere


@pytest.fixture
def laptop(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path, secret_key="a secret for tests only, known to everyone")


def greet(settings: Settings, names: list[str], as_name: str) -> str | None:
    """A phone that trusts the authority opens the server under a name; answers the protocol, or raises."""
    certificate, key = authority.certificate_for(names, settings)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(authority.folder(settings) / authority.CERTIFICATE))
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_shake_hands, args=(listener, serving), daemon=True).start()
        with (
            socket.create_connection(listener.getsockname()) as plain,
            trusting.wrap_socket(plain, server_hostname=as_name) as secure,
        ):
            return secure.version()


def _shake_hands(listener: socket.socket, serving: ssl.SSLContext) -> None:
    near, _ = listener.accept()
    try:
        serving.wrap_socket(near, server_side=True).close()
    except OSError:  # the phone went away
        near.close()


@pytest.mark.parametrize("name", ["hall.example.vn", "192.168.1.10"])
def test_a_phone_that_trusts_the_authority_opens_the_hall_by_name_and_by_address(laptop: Settings, name: str) -> None:
    assert greet(laptop, ["hall.example.vn", "192.168.1.10"], name) == "TLSv1.3"


def test_the_authority_vouches_for_no_other_name(laptop: Settings) -> None:
    authority.certificate_for(["hall.example.vn"], laptop)
    authority._make_own(authority.folder(laptop), ["bank.example.com"])  # as a thief of its key would
    stolen = authority.folder(laptop)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(stolen / authority.OWN_CERTIFICATE, stolen / authority.OWN_KEY)
    trusting = ssl.create_default_context(cafile=str(stolen / authority.CERTIFICATE))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_shake_hands, args=(listener, serving), daemon=True).start()
        with (
            socket.create_connection(listener.getsockname()) as plain,
            pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"),
        ):
            trusting.wrap_socket(plain, server_hostname="bank.example.com")


def test_a_renewed_certificate_comes_from_the_authority_that_phones_trust_already(laptop: Settings) -> None:
    certificate, _ = authority.certificate_for(["hall.example.vn"], laptop)
    before, trusted = certificate.read_bytes(), (authority.folder(laptop) / authority.CERTIFICATE).read_bytes()
    with clock.held_at(clock.now() + timedelta(days=160)):
        authority.certificate_for(["hall.example.vn"], laptop)
    assert certificate.read_bytes() != before
    assert (authority.folder(laptop) / authority.CERTIFICATE).read_bytes() == trusted


def test_an_address_that_a_router_gives_anew_needs_no_new_trust(laptop: Settings) -> None:
    authority.certificate_for(["hall.example.vn", "192.168.1.10"], laptop)
    trusted = (authority.folder(laptop) / authority.CERTIFICATE).read_bytes()
    assert greet(laptop, ["hall.example.vn", "192.168.1.77"], "192.168.1.77") == "TLSv1.3"
    assert (authority.folder(laptop) / authority.CERTIFICATE).read_bytes() == trusted


def test_the_keys_are_for_their_owner_alone(laptop: Settings) -> None:
    authority.certificate_for(["hall.example.vn"], laptop)
    modes = {file.name: file.stat().st_mode & 0o777 for file in authority.folder(laptop).iterdir()}
    assert set(modes.values()) == {0o600}

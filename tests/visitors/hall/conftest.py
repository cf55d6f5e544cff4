"""A central server and a hall server of one fair: two applications, two databases, and a cable that may be cut."""

import json
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.core import clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.settings import Settings
from techfair.visitors import badges, conflicts, devices, registering
from techfair.visitors.gate_models import Gate, Scan
from techfair.visitors.hall import exchanging, servers
from techfair.visitors.hall.models import HallServer
from techfair.visitors.models import Badge, Registration
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.app import made
from tests.fixtures.databases import SECRET, MakeDatabase


@dataclass
class Server:
    """One of the two, in the words of a fair: ``with hall.open(): …`` for what only the program itself does."""

    app: Flask
    slug: str
    token: str = ""

    @contextmanager
    def open(self) -> Iterator[None]:
        """The program of this server; what the test's own lines began ends first, else both would wait for it."""
        db.session.remove()
        with self.app.app_context():
            yield

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def fair(self) -> Fair:
        return db.session.scalars(db.select(Fair)).one()

    def register(self, full_name: str = "Trần Văn Tùng", **values: Any) -> str:
        """Register somebody; answers the badge's token."""
        with self.open():
            given = RegistrationInput(full_name=full_name, **({"email": f"{uuid4().hex}@example.vn"} | values))
            person = registering.register(self.fair(), given)
            badge = badges.valid_badge(person)
            assert badge
            token = badges.token(badge, self.fair())
            db.session.commit()
            return token

    def device(self, gate: str = "A") -> str:
        """A device of this server at a gate; answers its token, with which ``scan`` goes on."""
        with self.open():
            fair = self.fair()
            place = db.session.scalars(db.select(Gate).filter_by(code=gate)).one()
            device, self.token = devices.enrol(fair, [place], f"Máy {uuid4().hex[:4]}")
            device.last_contact_at = clock.now()
            db.session.commit()
        return self.token

    def scan(self, code: str, gate: str = "A", status: int = 200, **values: Any) -> Any:
        reading = {"id": str(uuid4()), "code": code, "gate": gate, "scanned_at": clock.now().isoformat()} | values
        answer = self.client.post(
            f"/api/v1/fairs/{self.slug}/scans",
            json={"scans": [reading]},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert answer.status_code == status, answer.text
        return answer.get_json()["results"][0] if status == 200 else answer.get_json()

    def do(self, deed: Callable[..., Any], code: str, *more: Any) -> Any:
        """Do something to the badge of a code, and commit."""
        with self.open():
            found = badges.find(self.fair(), [code])[code].badge
            assert found
            result = deed(db.session.get_one(Badge, found.id), *more)
            token = badges.token(result, self.fair()) if isinstance(result, Badge) else None
            db.session.commit()
            return token

    def people(self) -> list[str]:
        with self.open():
            return sorted(db.session.scalars(db.select(Registration.full_name)))

    def scans(self) -> dict[str, tuple[str, str | None]]:
        """Each scan's verdict, and the device's, by id."""
        with self.open():
            rows = db.session.execute(db.select(Scan.id, Scan.verdict, Scan.device_verdict))
            return {str(row.id): (row.verdict, row.device_verdict) for row in rows}

    def conflicts(self) -> list[set[str]]:
        """Of each conflict the codes of the two gates."""
        with self.open():
            page = conflicts.listing(self.fair(), 1)
            told = conflicts.details(page.items)
            return [{told[scan.id][0].code, told[scan.id][3].code} for scan in page.items]


@dataclass
class Cable:
    """What is between the two: cut, nothing comes over; ``loses_answers``: what was sent arrives, the answer not."""

    central: Server
    is_cut: bool = False
    loses_answers: int = 0

    def carry(self, request: Any, timeout: float) -> Any:
        if self.is_cut:
            raise OSError("no route to host")
        path = request.full_url.removeprefix("https://fair.example.vn")
        answer = self.central.client.post(path, data=request.data, headers=dict(request.header_items()))
        if self.loses_answers:
            self.loses_answers -= 1
            raise TimeoutError
        if answer.status_code >= 400:
            raise urllib.error.HTTPError(path, answer.status_code, "", Message(), BytesIO(answer.data))
        return BytesIO(json.dumps(answer.get_json()).encode())


@pytest.fixture
def central(app: Flask, fair: Fair) -> Server:
    """The central server, with gates A and B of the fair."""
    for code in ("A", "B"):
        db.session.add(Gate(fair_id=fair.id, code=code, name_vi=f"Cổng {code}"))
    db.session.commit()
    slug = fair.slug
    db.session.remove()
    return Server(app, slug)


@pytest.fixture
def cable(central: Server, monkeypatch: pytest.MonkeyPatch) -> Cable:
    cable = Cable(central)
    monkeypatch.setattr("techfair.visitors.hall.exchanging.urllib.request.urlopen", cable.carry)
    return cable


@pytest.fixture
def invitation(central: Server) -> str:
    """The code with which a hall server joins."""
    with central.open():
        _server, code = servers.invite(central.fair(), "Nhà thi đấu", None)
        db.session.commit()
        return code


@pytest.fixture
def make_hall_app(make_database: MakeDatabase, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    started: list[Flask] = []

    def make() -> Flask:
        settings = Settings(
            instance=tmp_path / f"hall {len(started)}",
            secret_key=f"{SECRET}, in hall {len(started)}",
            database_url=make_database(),
            base_url="https://hall.test:8443",
            badge_url="https://fair.example.vn",
            hall=True,
        )
        app = made(settings)
        started.append(app)
        return app

    yield make
    for app in started:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def make_hall(make_hall_app: Callable[[], Flask], central: Server, cable: Cable) -> Callable[[str], Server]:
    def make(code: str) -> Server:
        hall = Server(make_hall_app(), central.slug)
        with hall.open():
            exchanging.join("https://fair.example.vn/", central.slug, code)
            db.session.commit()
        meet(hall)
        return hall

    return make


@pytest.fixture
def hall(make_hall: Callable[[str], Server], invitation: str) -> Server:
    """A hall server that has joined and knows all that the central one does."""
    return make_hall(invitation)


def meet(hall: Server) -> exchanging.Exchanged:
    """One exchange, as the hall server does it again and again."""
    with hall.open():
        return exchanging.exchange()


def known(central: Server) -> HallServer:
    """The hall server as the central one knows it."""
    return db.session.scalars(db.select(HallServer)).one()

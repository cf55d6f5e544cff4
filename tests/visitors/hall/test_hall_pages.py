"""The pages of a hall server, and what is done centrally only; the console page on which a hall server is invited."""

import re

import pytest
from flask.testing import FlaskClient

from techfair.extensions import db
from techfair.visitors.hall.exchanging import ExchangeFailed
from techfair.visitors.hall.models import HallServer
from tests.visitors.hall.conftest import Cable, Server, meet


def test_the_hall_s_page_says_that_it_is_linked_and_nothing_waits(hall: Server) -> None:
    page = hall.client.get("/hall/?lang=en", headers={"Host": "hall.test"}).text
    assert "Linked with fair.example.vn." in page
    assert "0 records" in page


def test_the_hall_s_page_says_what_waits_while_the_link_is_down(hall: Server, cable: Cable) -> None:
    hall.register()
    cable.is_cut = True
    with pytest.raises(ExchangeFailed):
        meet(hall)
    page = hall.client.get("/hall/?lang=en").text
    assert "No link to the central server. The gates go on" in page
    assert "1 record<" in page


def test_a_phone_is_led_through_trusting_the_hall_s_own_authority(hall: Server) -> None:
    from techfair.visitors.hall import authority

    settings = hall.app.extensions["settings"]
    assert hall.client.get("/hall/trust").status_code == 404  # it has a certificate that phones trust
    authority.certificate_for(["hall.test"], settings)
    page = hall.client.get("/hall/trust?lang=en").text
    assert authority.fingerprint(authority.folder(settings) / authority.CERTIFICATE) in page
    file = hall.client.get("/hall/authority.crt")
    assert file.content_type == "application/x-x509-ca-cert"
    assert file.data[:1] == b"\x30"  # DER, which every phone takes


def test_what_is_the_organizer_s_is_done_on_the_central_server(hall: Server) -> None:
    answer = hall.client.post(f"/fairs/{hall.slug}/register", data={"full_name": "Trần Văn Tùng"})
    assert answer.status_code == 403
    assert "https://fair.example.vn" in answer.text


def test_nobody_in_the_hall_makes_themselves_its_administrator(hall: Server) -> None:
    assert hall.client.get("/setup").status_code == 404
    assert hall.client.post("/setup", data={"email": "ai@example.vn"}).status_code == 404


def test_passwords_and_people_go_by_https_alone(hall: Server) -> None:
    answer = hall.client.get(f"/organizer/fairs/{hall.slug}/visitors?page=2")
    assert answer.location == f"https://hall.test:8443/organizer/fairs/{hall.slug}/visitors?page=2"
    assert hall.client.post("/sign-in", data={"email": "a@example.vn", "password": "x"}).status_code == 303


def test_a_central_server_has_no_hall_page(central: Server) -> None:
    assert central.client.get("/hall/").status_code == 404


def test_an_organizer_who_invites_a_hall_server_sees_the_command(as_organizer: FlaskClient, central: Server) -> None:
    address = f"/organizer/fairs/{central.slug}/gates/halls"
    as_organizer.post(address, data={"name": "Laptop nhà chính"})
    page = as_organizer.get(address).text
    assert re.search(r"techfair hall join http://127.0.0.1:\d+ gia-lai( [A-Z0-9]{4}|-[A-Z0-9]{4}){4}", page)


def test_a_hall_server_without_a_name_is_not_invited(as_organizer: FlaskClient, central: Server) -> None:
    answer = as_organizer.post(f"/organizer/fairs/{central.slug}/gates/halls?lang=en", data={"name": ""})
    assert answer.status_code == 422
    assert "Type a name that you know it by." in answer.text


def test_an_organizer_ends_the_exchange(as_organizer: FlaskClient, central: Server, hall: Server) -> None:
    with central.open():
        id = db.session.scalars(db.select(HallServer.id)).one()
    as_organizer.post(f"/organizer/fairs/{central.slug}/gates/halls/{id}/revoke")
    with central.open():
        assert db.session.get_one(HallServer, id).revoked_at


def test_a_stranger_ends_no_exchange(client: FlaskClient, central: Server, hall: Server) -> None:
    client.post(f"/organizer/fairs/{central.slug}/gates/halls/1/revoke")
    with central.open():
        assert db.session.scalars(db.select(HallServer)).one().revoked_at is None

"""A hall server and the central one: apart each goes on alone, together both know everything, each thing once."""

from collections.abc import Callable

import pytest

from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.hall import exchanging, servers
from techfair.visitors.hall.exchanging import ExchangeFailed
from techfair.visitors.models import Badge, Registration
from tests.visitors.hall.conftest import Cable, Server, meet


def test_a_badge_from_before_opens_a_gate_of_the_hall(
    central: Server, make_hall: Callable[[str], Server], invitation: str
) -> None:
    code = central.register()
    hall = make_hall(invitation)
    hall.device("A")
    assert hall.scan(code)["verdict"] == "admitted"


def test_a_scan_in_the_hall_is_known_centrally_after_they_met(central: Server, hall: Server) -> None:
    code = central.register()
    meet(hall)
    hall.device("A"), central.device("B")
    assert hall.scan(code)["verdict"] == "admitted"
    meet(hall)
    second = central.scan(code, "B")
    assert (second["verdict"], second["first_scan"]["gate"]) == ("repeated", "A")


def test_days_of_a_persons_own_hold_in_the_hall_too(central: Server, hall: Server) -> None:
    code = central.register(days=(9,))
    meet(hall)
    hall.device("A")
    assert hall.scan(code)["reason"] == "wrong_day"


def test_a_scan_at_the_central_server_is_known_in_the_hall_after_they_met(central: Server, hall: Server) -> None:
    code = central.register()
    central.device("B"), hall.device("A")
    central.scan(code, "B")
    meet(hall)
    second = hall.scan(code)
    assert (second["verdict"], second["first_scan"]["gate"]) == ("repeated", "B")


def test_both_list_the_same_conflict_where_both_let_somebody_in(central: Server, hall: Server, cable: Cable) -> None:
    code = central.register()
    meet(hall)
    hall.device("A"), central.device("B")
    cable.is_cut = True
    assert (hall.scan(code)["verdict"], central.scan(code, "B")["verdict"]) == ("admitted", "admitted")
    cable.is_cut = False
    meet(hall)
    assert central.conflicts() == hall.conflicts() == [{"A", "B"}]


def test_a_badge_revoked_while_apart_is_a_conflict_where_the_hall_let_it_in(
    central: Server, hall: Server, cable: Cable
) -> None:
    code = central.register()
    meet(hall)
    hall.device("A")
    central.do(badges.revoke, code, None, "Mất thẻ")
    scan = hall.scan(code)
    meet(hall)
    assert scan["verdict"] == "admitted"
    assert central.scans()[scan["id"]] == ("refused", "admitted")
    assert hall.scan(code)["reason"] == "revoked"


def test_a_badge_revoked_in_the_hall_opens_no_central_gate(central: Server, hall: Server) -> None:
    code = central.register()
    meet(hall)
    hall.do(badges.revoke, code, None, "Nhặt được ở cửa")
    central.device("B")
    meet(hall)
    assert central.scan(code, "B")["reason"] == "revoked"


def test_whoever_registers_in_the_hall_gets_a_badge_that_both_servers_and_gates_know(
    central: Server, hall: Server
) -> None:
    code = hall.register("H'Bia Siu", email="hbia@example.vn")
    hall.device("A"), central.device("B")
    meet(hall)
    assert hall.scan(code)["badge"]["name"] == "H'Bia Siu"
    assert central.scan(code, "B")["badge"]["name"] == "H'Bia Siu"


def test_the_mail_of_a_person_registered_in_the_hall_comes_from_the_central_server(
    central: Server, hall: Server, mails: Callable[[], list[object]]
) -> None:
    hall.register("H'Bia Siu", email="hbia@example.vn")
    meet(hall)
    with central.open():
        assert [mail.to_address for mail in mails()] == ["hbia@example.vn"]


def test_two_servers_give_no_badge_number_twice(central: Server, hall: Server, cable: Cable) -> None:
    cable.is_cut = True
    for name in ("An", "Bình", "Chi"):
        central.register(name), hall.register(f"{name} ở hội trường")
    cable.is_cut = False
    meet(hall)
    with central.open():
        numbers = list(db.session.scalars(db.select(Badge.number).order_by(Badge.number)))
    assert numbers == [1, 2, 3, 10_000_001, 10_000_002, 10_000_003]
    assert central.people() == hall.people()


def test_a_badge_reprinted_on_both_sides_leaves_one_that_is_valid(central: Server, hall: Server, cable: Cable) -> None:
    code = central.register()
    meet(hall)
    cable.is_cut = True
    first, second = hall.do(badges.replace, code, None), central.do(badges.replace, code, None)
    cable.is_cut = False
    meet(hall)
    for server in (central, hall):
        server.device("A" if server is hall else "B")
        with server.open():
            found = badges.find(server.fair(), [first, second])
            assert [found[one].badge.state for one in (first, second)] == ["replaced", "issued"]


def test_a_hall_server_never_holds_the_key_that_signs_central_badges(central: Server, hall: Server) -> None:
    from techfair.fairs.models import FairKey

    with hall.open():
        keys = {key.number: key.sealed_private_key for key in db.session.scalars(db.select(FairKey))}
    assert keys[0] == b""
    assert keys[1] != b""


def test_the_hall_prints_a_central_badge_with_its_own_code(
    central: Server, make_hall: Callable[[str], Server], invitation: str
) -> None:
    code = central.register()
    hall = make_hall(invitation)
    with hall.open():
        badge = db.session.scalars(db.select(Badge)).one()
        assert badges.address(badge, hall.fair()) == f"HTTPS://FAIR.EXAMPLE.VN/B/{code}"


def test_an_answer_that_is_lost_doubles_nothing(central: Server, hall: Server, cable: Cable) -> None:
    code = central.register()
    meet(hall)
    hall.device("A")
    scan = hall.scan(code)
    hall.register("H'Bia Siu")
    cable.loses_answers = 1
    with pytest.raises(ExchangeFailed):
        meet(hall)
    meet(hall)
    assert central.scans() == {scan["id"]: ("admitted", "admitted")}
    assert central.people() == ["H'Bia Siu", "Trần Văn Tùng"]


def test_without_link_the_hall_says_what_waits(central: Server, hall: Server, cable: Cable) -> None:
    hall.device("A")
    hall.scan(hall.register("H'Bia Siu"))
    cable.is_cut = True
    with pytest.raises(ExchangeFailed):
        meet(hall)
    with hall.open():
        link = exchanging.link()
        assert link
        assert (link.trouble, exchanging.waiting(link)) == ("no_link", 2)


def test_nothing_new_is_sent_back_and_forth(central: Server, hall: Server) -> None:
    hall.register("H'Bia Siu")
    central.register("Trần Văn Tùng")
    meet(hall)
    with central.open():
        before = dict(db.session.execute(db.select(Registration.id, Registration.changed_at)).all())
    meet(hall), meet(hall)
    with central.open():
        assert dict(db.session.execute(db.select(Registration.id, Registration.changed_at)).all()) == before


def test_a_person_who_erased_their_data_is_nameless_in_the_hall_too(central: Server, hall: Server) -> None:
    from techfair.visitors.personal_data import erasing

    central.register("Trần Văn Tùng", email="tung@example.vn")
    meet(hall)
    with central.open():
        erasing.erase(db.session.scalars(db.select(Registration)).one(), None)
        db.session.commit()
    meet(hall)
    with hall.open():
        person = db.session.scalars(db.select(Registration)).one()
        assert "Tùng" not in f"{person.full_name} {person.search_key}"
        assert person.email is None


def test_a_revoked_hall_server_gets_nothing_any_more(central: Server, hall: Server) -> None:
    with central.open():
        [server] = servers.of_fair(central.fair())
        servers.revoke(server, None)
        db.session.commit()
    central.register()
    with pytest.raises(ExchangeFailed) as failure:
        meet(hall)
    assert failure.value.trouble == "revoked"
    assert hall.people() == []


def test_a_code_joins_one_hall_server(central: Server, hall: Server, make_hall_app: Callable, invitation: str) -> None:
    with make_hall_app().app_context(), pytest.raises(ExchangeFailed) as failure:
        exchanging.join("https://fair.example.vn", central.slug, invitation)
    assert failure.value.trouble == "refused"


def test_what_one_hall_does_reaches_another_through_the_centre(
    central: Server, hall: Server, make_hall: Callable[[str], Server]
) -> None:
    with central.open():
        _server, code = servers.invite(central.fair(), "Nhà văn hoá", None)
        db.session.commit()
    other = make_hall(code)
    badge = hall.register("H'Bia Siu")
    hall.device("A")
    hall.scan(badge)
    meet(hall), meet(other)
    other.device("B")
    assert other.scan(badge, "B")["verdict"] == "repeated"

"""The desk: whoever comes without a badge gets one; what a citizen card holds beside the name goes nowhere."""

import pytest

from techfair.core.audit import AuditEntry
from techfair.extensions import db
from techfair.visitors.models import Badge, Registration

DESK = "/organizer/fairs/gia-lai/desk"
CARD = "099099000001|990000001|Trần Văn Thử|01011990|Nam|Tổ 1, Pleiku, Gia Lai|01012022"


@pytest.fixture
def send(as_organizer, fair):
    def sent(**values):
        return as_organizer.post(DESK, data={"form_token": "x", "kind": "visitor"} | values)

    return sent


def people():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def test_a_name_is_enough_and_the_badge_goes_to_the_printer(send, as_organizer):
    page = as_organizer.get(send(full_name="H'Bia Siu").location).text
    assert ("H&#39;Bia Siu" in page, 'data-print="now"' in page, "<svg" in page) == (True, True, True)
    (registration,) = people()
    assert (registration.is_walk_in, registration.state) == (True, "confirmed")


def test_a_contact_brings_the_badge_by_mail_too(send, mails):
    send(full_name="Trần Văn Tùng", contact="tung@example.vn")
    assert [mail.to_address for mail in mails()] == ["tung@example.vn"]


def test_a_scanned_citizen_card_becomes_the_name_alone(send, as_organizer):  # K049
    page = as_organizer.get(send(full_name=CARD + "\r").location).text
    (registration,) = people()
    assert registration.full_name == "Trần Văn Thử"
    stored = str([registration.__dict__, [entry.details for entry in db.session.scalars(db.select(AuditEntry))]])
    assert ("099099000001" in stored, "099099000001" in page) == (False, False)


def test_a_card_that_cannot_be_read_is_not_shown_again(send):  # K049
    answer = send(full_name="099099000001|990000001|")
    assert (answer.status_code, "0990990" in answer.text, people()) == (422, False, [])
    assert "Hãy nhập họ tên hoặc quét thẻ căn cước" in answer.text


def test_who_has_the_contact_already_is_shown_before_a_second_one_is_made(send, register):
    register("Trần Văn Tùng", email="tung@example.vn")
    answer = send(full_name="Nguyễn Thị Mai", contact="Tung@example.vn")
    assert (answer.status_code, "Trần Văn Tùng" in answer.text, 'value="Nguyễn Thị Mai"' in answer.text) == (
        422,
        True,
        True,
    )
    assert len(people()) == 1
    assert send(full_name="Nguyễn Thị Mai", contact="tung@example.vn", is_another="1").status_code == 303
    assert [one.full_name for one in people()] == ["Trần Văn Tùng", "Nguyễn Thị Mai"]


def test_the_button_pressed_twice_makes_one_badge(send):
    first, second = send(full_name="Lê An", contact="an@example.vn"), send(full_name="Lê An", contact="an@example.vn")
    assert first.location == second.location
    assert db.session.scalar(db.select(db.func.count(Badge.id))) == 1


def test_the_desk_registers_also_when_the_public_form_is_closed(send, fair):
    fair.registration_is_open = False
    db.session.commit()
    assert send(full_name="Lê An").status_code == 303


def test_a_wrong_contact_is_told_at_the_field_and_what_was_typed_stays(send):
    answer = send(full_name="Lê An", contact="123")
    assert (answer.status_code, 'value="Lê An"' in answer.text, 'aria-invalid="true"' in answer.text) == (
        422,
        True,
        True,
    )


def test_a_lost_badge_is_found_by_name_without_accents(as_organizer, make_badge):
    worn = make_badge("Đặng Thị Ngữ")
    page = as_organizer.get(DESK, query_string={"q": "dang thi"}).text
    assert ("Đặng Thị Ngữ" in page, f"{DESK}/{worn.badge.registration_id}" in page) == (True, True)


def test_a_steward_of_the_gates_alone_does_not_reach_the_desk(sign_in, steward, register):
    registration = register()
    client = sign_in(steward)
    assert [client.get(page).status_code for page in (DESK, f"{DESK}/{registration.id}")] == [404, 404]


def test_a_person_of_another_fair_is_not_printed_here(as_organizer, fair, register, make_fair):
    registration, other = register(), make_fair("kon-tum")
    assert as_organizer.get(f"/organizer/fairs/{other.slug}/desk/{registration.id}").status_code == 404

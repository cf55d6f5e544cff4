"""Exhibitors scan badges at their booth: one lead a person, nothing lost or overwritten."""

from datetime import timedelta

import pytest

from techfair.core import clock
from techfair.exhibitors.models import CompanyMember
from techfair.extensions import db
from techfair.visitors import badges, merging
from techfair.visitors.models import Registration


def test_a_scan_at_the_booth_is_a_lead_with_its_own_time(booth, make_person):
    at = clock.now() - timedelta(hours=3)
    result = booth.note(make_person(), noted_at=at.isoformat(), rating=4, tags=["máy sấy"], text="Muốn báo giá")
    assert (result["name"], result["organisation"], result["reason"]) == ("H'Bia Siu", "HTX Chư Sê", None)
    (lead,) = booth.leads()
    assert (lead.rating, lead.tags, lead.notes[0].text, lead.notes[0].noted_at) == (4, ["máy sấy"], "Muốn báo giá", at)


def test_a_note_sent_twice_is_one(booth, make_person):
    reading = booth.reading(make_person(), text="một")
    first, second = booth.send(reading), booth.send(reading | {"text": "hai"})
    assert first.get_json() == second.get_json()
    assert [note.text for note in booth.leads()[0].notes] == ["một"]


def test_a_colleagues_scan_adds_and_overwrites_nothing(booth, make_person, make_user, sign_in):
    person = make_person()
    booth.note(person, rating=5, tags=["a"], text="gặp giám đốc")
    colleague = make_user("dong-nghiep@example.vn")
    db.session.add(CompanyMember(company_id=booth.exhibitor.company_id, user_id=colleague.id, role="staff"))
    db.session.commit()
    booth.send(booth.reading(person, rating=2, tags=["b"], text="gặp kỹ thuật"), client=sign_in(colleague))
    (lead,) = booth.leads()
    assert [note.text for note in lead.notes] == ["gặp giám đốc", "gặp kỹ thuật"]
    assert (lead.rating, lead.tags) == (2, ["a", "b"])


def test_a_wrong_clock_is_corrected_by_what_it_showed_when_sending(booth, make_person):
    wrong = clock.now() + timedelta(hours=5)
    booth.send(booth.reading(make_person(), noted_at=wrong.isoformat()), sent_at=wrong.isoformat())
    assert abs(booth.leads()[0].notes[0].noted_at - clock.now()) < timedelta(minutes=1)


@pytest.mark.parametrize(("code", "reason"), [("hello", "unknown_code"), ("A" * 113, "unknown_code")])
def test_a_bad_code_gives_its_reason_and_no_lead(booth, code, reason):
    assert (booth.note(code)["reason"], booth.leads()) == (reason, [])


def test_a_revoked_badge_makes_no_lead(booth, make_person, organizer):
    person = make_person()
    badges.revoke(person.badge, organizer, "mất")
    db.session.commit()
    assert (booth.note(person)["reason"], booth.leads()) == ("revoked", [])


@pytest.mark.parametrize(
    "wrong", [{"rating": 6}, {"id": "x"}, {"tags": ["a"] * 11}, {"text": "a" * 2001}, {"noted_at": "gestern"}]
)
def test_what_cannot_be_stored_changes_nothing(booth, make_person, wrong):
    answer = booth.send(booth.reading(make_person()) | wrong)
    assert (answer.status_code, booth.leads()) == (422, [])


def test_another_exhibitor_sees_and_writes_nothing_here(booth, make_exhibitor, make_person, sign_in):
    booth.note(make_person())
    (lead,) = booth.leads()
    _, stranger = make_exhibitor("khac", "Công ty Khác")
    client = sign_in(stranger)
    assert client.get(f"/exhibitor/leads/{lead.id}").status_code == 404
    assert "Bia" not in client.get("/exhibitor/leads").text
    assert booth.send(booth.reading(lead.id), client=client).status_code == 404
    assert booth.client.application.test_client().post(booth.address, json={}).status_code == 303


def test_a_null_character_in_a_note_is_refused_not_a_fault_of_ours(booth, make_person):  # K064
    assert booth.send(booth.reading(make_person(), text="a\x00b")).status_code == 422
    assert booth.leads() == []


def test_the_exhibitors_own_questions_are_asked_and_answered(booth, make_person):
    booth.client.post("/exhibitor/leads/questions", data={"text": "Bao giờ cần?"})
    assert "Bao giờ cần?" in booth.client.get("/exhibitor/leads/scan").text
    booth.note(make_person(), answers={"Bao giờ cần?": "Quý II"})
    assert "Quý II" in booth.client.get(f"/exhibitor/leads/{booth.leads()[0].id}").text


def test_opened_badges_show_an_exhibitor_the_lead_and_a_stranger_nothing(booth, make_person, client):
    person = make_person()
    path = "/b/" + person.token
    assert booth.client.get(path).location == f"/exhibitor/leads/scan#{person.token}"
    assert "Bia" not in client.get(path).text


def test_merged_people_are_one_lead_with_both_notes(booth, make_person, make_badge, fair, organizer):
    one, other = make_person(), make_badge("Bia Siu", email="bia.siu@example.vn")
    booth.note(one, text="một"), booth.note(other, text="hai")
    kept, gone = (db.session.get_one(Registration, worn.badge.registration_id) for worn in (one, other))
    merging.merge(kept, gone, fair, organizer)
    db.session.commit()
    (lead,) = booth.leads()
    assert sorted(note.text for note in lead.notes) == ["hai", "một"]


def test_an_id_that_is_known_makes_no_second_lead(booth, make_person, make_badge):
    reading = booth.reading(make_person())
    booth.send(reading), booth.send(reading | {"code": make_badge("An").token})
    assert len(booth.leads()) == 1

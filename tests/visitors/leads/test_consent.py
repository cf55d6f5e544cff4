"""No contact without consent: what a visitor agrees to, and takes back, holds on every path."""

from techfair.extensions import db
from techfair.visitors import merging, registering
from techfair.visitors.models import Registration
from tests.visitors.leads.conftest import EMAIL, PHONE


def test_who_agrees_is_reached_on_every_path(booth, make_person):
    booth.note(make_person())
    told = booth.told()
    assert (told.count(EMAIL) >= 4, "TEL;TYPE=CELL:+84905123456" in told) == (True, True)


def test_who_refuses_yields_no_contact_on_any_path(booth, make_person):
    result = booth.note(make_person(consents=()))
    told = booth.told() + str(result)
    assert [secret for secret in (EMAIL, PHONE, "905123456", "905 123 456") if secret in told] == []
    assert "H&#39;Bia Siu" in told


def test_a_consent_taken_back_ends_reading(booth, make_person):
    person = make_person()
    booth.note(person)
    registering.withdraw(db.session.get_one(Registration, person.badge.registration_id), "exhibitors_read")
    db.session.commit()
    assert EMAIL not in booth.told()


def test_taking_the_contact_back_outweighs_the_consent_to_all(browser_of, booth, make_person):
    person = make_person()  # agrees that exhibitors read it
    booth.note(person)
    visitor = browser_of(person.badge.registration_id)
    assert "được xem" in visitor.get("/me/data").text
    visitor.post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/take_back")
    assert EMAIL not in booth.told()
    visitor.post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/leave_contact")
    assert EMAIL in booth.told()


def test_what_was_written_with_a_contact_goes_when_it_is_taken_back(browser_of, booth, make_person):
    visitor = browser_of(make_person(consents=()).badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    visitor.post(f"{visit}/leave_contact", data={"text": "Gọi 0912 000 999"})
    assert "0912 000 999" in booth.told()
    visitor.post(f"{visit}/take_back")
    assert "0912 000 999" not in booth.told()


def test_a_refusal_survives_a_merge(browser_of, booth, make_person, make_badge, fair, organizer):
    one, other = make_person(), make_badge("Bia", email="b@example.vn", consents=frozenset({"exhibitors_read"}))
    booth.note(one), booth.note(other)
    browser_of(other.badge.registration_id).post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/take_back")
    kept, gone = (db.session.get_one(Registration, worn.badge.registration_id) for worn in (one, other))
    merging.merge(kept, gone, fair, organizer)
    db.session.commit()
    assert EMAIL not in booth.told()

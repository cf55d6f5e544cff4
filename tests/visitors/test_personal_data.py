"""A person sees what is stored, takes it along, and has it erased: afterwards nothing leads to them."""

from pathlib import Path

import pytest

from techfair.core.audit import AuditEntry
from techfair.extensions import Model, db
from techfair.visitors import badges, counting, merging, own
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Badge, Registration
from techfair.visitors.personal_data import erasing

NAME, EMAIL, PHONE = "Đặng Thị Ngữ Ưởng", "uong.dang@example.vn", "+84905123456"
SECRETS = (NAME, EMAIL, PHONE, "Hợp tác xã Chư Sê")


@pytest.fixture
def person(register):
    return register(NAME, email=EMAIL, phone="0905 123 456", organisation="Hợp tác xã Chư Sê", consents={"photos"})


@pytest.fixture
def theirs(app, person):
    """The person's own browser."""
    browser = app.test_client()
    browser.get(link_of(person))
    return browser


def link_of(person):
    return "/me/" + own.address(person).partition("/me/")[2]


def everything_stored(app):
    """All text of all columns of all tables, and of all files."""
    db.session.expire_all()
    columns = [column for table in Model.metadata.sorted_tables for column in table.columns]
    texts = [str(value) for column in columns for value in db.session.scalars(db.select(column)) if value is not None]
    db.session.rollback()
    folders = (Path(app.extensions["files"].folder), Path(app.config["OUTBOX"]))
    files = [file.read_bytes() for folder in folders for file in folder.rglob("*") if file.is_file()]
    return texts, files


def test_the_page_shows_what_is_stored_and_where_the_badge_was_scanned(theirs, person, gate, fair):
    gate.scan(badges.token(badges.valid_badge(person), fair))
    page = theirs.get("/me/data").text
    assert all(told in page for told in (NAME, EMAIL, "Cổng A"))


def test_the_file_holds_the_same(theirs, person):
    told = theirs.get("/me/data/file").get_json()
    (registration,) = told["registrations"]
    assert (registration["full_name"], registration["email"], registration["phone"]) == (NAME, EMAIL, PHONE)
    assert registration["consents"][0]["purpose"] == "photos"


def test_a_stranger_reads_and_erases_nothing(client, person):
    assert [client.get("/me/data").status_code, client.get("/me/data/file").status_code] == [403, 403]
    assert client.post("/me/data/erase").status_code == 403
    assert db.session.get_one(Registration, person.id).erased_at is None


def test_opening_the_page_erases_nothing(theirs, person):  # K115
    assert "Xóa hẳn" in theirs.get("/me/data/erase").text
    assert db.session.get_one(Registration, person.id).full_name == NAME


def test_after_erasing_nothing_leads_to_the_person(app, theirs, person, mails, run_jobs):
    mails()
    before, _ = everything_stored(app)
    assert all(any(secret in kept for kept in before) for secret in SECRETS)
    theirs.post("/me/data/erase")
    run_jobs()
    texts, files = everything_stored(app)
    assert [secret for secret in SECRETS if any(secret in kept for kept in texts)] == []
    assert [secret for secret in SECRETS if any(secret.encode() in kept for kept in files)] == []
    assert files == []


def test_the_badge_and_the_links_end(theirs, person, gate, fair):
    token, link = badges.token(badges.valid_badge(person), fair), link_of(person)
    theirs.post("/me/data/erase")
    assert gate.scan(token)["reason"] == "revoked"
    assert theirs.get(link).status_code == 410
    assert theirs.get("/me/").status_code == 403


def test_who_was_let_in_stays_as_a_number(theirs, person, gate, fair):
    gate.scan(badges.token(badges.valid_badge(person), fair))
    before = counting.visitors(fair)
    theirs.post("/me/data/erase")
    assert counting.visitors(fair) == before
    assert db.session.scalar(db.select(db.func.count()).select_from(Scan)) == 1


def test_who_never_came_is_no_longer_registered(theirs, person, fair):
    theirs.post("/me/data/erase")
    assert counting.visitors(fair).registered == 0


def test_what_was_merged_into_the_person_goes_too(theirs, person, register, fair, organizer):
    other = register("Ưởng Đặng", phone="0905 123 456", email=None)
    merging.merge(person, other, fair, organizer)
    db.session.commit()
    theirs.post("/me/data/erase")
    db.session.expire_all()
    assert {each.full_name for each in db.session.scalars(db.select(Registration))} == {"(đã xóa · erased)"}


def test_another_person_of_the_same_fair_stays(theirs, person, register, mails):
    register("Trần Văn Tùng", email="tung@example.vn")
    theirs.post("/me/data/erase")
    assert [mail.to_address for mail in mails()] == ["tung@example.vn"]


def test_a_short_name_leaves_the_mails_of_others_whole(register, mails, fair, organizer):
    an = register("An", email="an@example.vn")
    register("Trần An", email="tran.an@example.vn")
    before = [mail.text for mail in mails() if mail.to_address == "tran.an@example.vn"]
    erasing.erase(an, "visitor")
    db.session.commit()
    assert [mail.text for mail in mails() if mail.to_address == "tran.an@example.vn"] == before


def test_the_organizer_erases_on_request_and_says_why(as_organizer, person):
    page = f"/organizer/fairs/gia-lai/visitors/{person.id}"
    as_organizer.post(f"{page}/erase", data={"reason": "  "})
    assert db.session.get_one(Registration, person.id).erased_at is None
    as_organizer.post(f"{page}/erase", data={"reason": "Khách yêu cầu qua thư"})
    assert as_organizer.get(page).status_code == 200
    entry = db.session.scalars(db.select(AuditEntry).filter_by(action="registration.erased")).one()
    assert entry.details == {"reason": "Khách yêu cầu qua thư"}
    assert {badge.state for badge in db.session.scalars(db.select(Badge))} == {"revoked"}


def test_a_steward_and_another_fairs_organizer_erase_nobody(sign_in, steward, as_organizer, person, make_fair):
    make_fair("kon-tum")
    assert sign_in(steward).post(f"/organizer/fairs/gia-lai/visitors/{person.id}/erase").status_code == 404
    assert as_organizer.post(f"/organizer/fairs/kon-tum/visitors/{person.id}/erase").status_code == 404

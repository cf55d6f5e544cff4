"""People are found by the beginnings of their words, by few rows however many are registered."""

import pytest
from sqlalchemy import text

from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.visitors import merging, paging, queries
from techfair.visitors.finding import queries as finding
from techfair.visitors.finding.keeping import words
from techfair.visitors.finding.models import RegistrationWord
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing

VISITORS = "/organizer/fairs/gia-lai/visitors"


@pytest.fixture
def find(fair):
    return lambda typed: {row.Registration.full_name for row in queries.find_people(fair, typed)}


@pytest.fixture
def people(register):
    """Three people of two organisations."""
    register("Nguyễn Thị Hoa", organisation="Trường Đại học Tây Nguyên", email="hoa.sen@example.vn")
    register("H'Bia Siu", organisation="Hợp tác xã Chư Sê")
    return register("Trần Nguyên", organisation="Sở Khoa học và Công nghệ")


@pytest.mark.parametrize("many", [0, 2000], ids=["by the way through the names", "by the index"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen", {"Nguyễn Thị Hoa", "Trần Nguyên"}),
        ("ngu", {"Nguyễn Thị Hoa", "Trần Nguyên"}),
        ("hbia", {"H'Bia Siu"}),
        ("Hoa Tây", {"Nguyễn Thị Hoa"}),
        ("hoa nguyen nobody", set()),
        ("guyen", set()),
        ("sen", set()),  # only of the address: no steward finds people by it
        ("%", set()),
        ("zz", set()),
    ],
)
def test_words_are_found_by_their_beginning(find, people, monkeypatch, many, typed, found):
    monkeypatch.setattr(finding, "MANY", many)
    assert find(typed) == found


def test_the_organizer_finds_by_address_and_badge_number_too(as_organizer, people):
    assert "Nguyễn Thị Hoa" in as_organizer.get(f"{VISITORS}?q=hoa.sen@example.vn").text
    number = db.session.scalars(text("SELECT number FROM badge WHERE registration_id = :id").bindparams(id=people.id))
    page = as_organizer.get(f"{VISITORS}?q={number.one()}").text
    assert ("Trần Nguyên" in page, "Nguyễn Thị Hoa" in page) == (True, False)


def test_another_fair_s_people_are_not_found(as_organizer, people, make_fair):
    make_fair("kon-tum")
    assert "Trần Nguyên" not in as_organizer.get("/organizer/fairs/kon-tum/visitors?q=tran").text


def test_after_a_merge_the_kept_one_is_found_by_what_it_took_over(find, fair, people, register):
    other = register("Tùng", organisation="Trạm Khuyến nông", phone="0905 123 456")
    people.organisation = ""
    merging.merge(people, other, fair, "organizer")
    db.session.commit()
    assert (find("khuyen nong"), find("khoa hoc")) == ({"Trần Nguyên"}, set())


def test_the_words_of_who_is_erased_go(find, people):
    erasing.erase(people, "visitor")
    db.session.commit()
    left = db.select(db.func.count()).select_from(RegistrationWord).filter_by(registration_id=people.id)
    assert db.session.scalar(left) == 0


def test_everyone_has_the_words_of_the_name(demo_fair):
    people = db.session.scalars(db.select(Registration)).all()
    kept = {(row.registration_id, row.word) for row in db.session.scalars(db.select(RegistrationWord))}
    wanted = [row for each in people for row in words(each.fair_id, each.id, each.search_key, each.email_key)]
    assert kept == {(row["registration_id"], row["word"]) for row in wanted}
    assert len(people) > 200


def test_of_very_many_the_page_says_that_there_are_more(as_organizer, register, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 2)
    for number in range(3):
        register(f"Nguyễn {number}")
    page = as_organizer.get(f"{VISITORS}?q=nguyen").text
    assert "Có hơn 2 người phù hợp" in page


def test_a_folded_word_is_its_own_key(people):
    assert all(search_key(word) == word for word in db.session.scalars(db.select(RegistrationWord.word)))

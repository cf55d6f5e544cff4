"""The list of leads and the files taken along: the same people, whatever was typed."""

import io

import openpyxl
import pytest

from techfair.visitors.listing import read_list
from tests.visitors.leads.conftest import PHONE


def test_formulas_stay_text_in_the_spreadsheet(booth, make_badge):  # K062
    booth.note(make_badge("=1+1", organisation="@mau", consents=frozenset({"exhibitors_read"}), phone=PHONE))
    book = openpyxl.load_workbook(io.BytesIO(booth.client.post("/exhibitor/leads/leads.xlsx").data))
    name, organisation, _, phone = [cell.value for cell in book.active[3]][:4]
    assert (name, organisation, phone) == ("=1+1", "@mau", PHONE)
    assert {cell.data_type for cell in book.active[3][:4]} == {"s"}
    assert len(book.active.title) <= 31


def test_a_taken_list_sent_back_as_a_delegation_is_what_it_was(booth, make_badge):  # K062
    names = ["=1+1", "-Mẫu-", "@mau", "'Ngoặc"]
    for number, name in enumerate(names):
        agreed = frozenset({"exhibitors_read"})
        booth.note(make_badge(name, organisation=f"+{name}", consents=agreed, phone=f"+8484400053{number}"))
    people = read_list(booth.client.post("/exhibitor/leads/leads.xlsx").data)
    assert {person.cells["full_name"]: person.cells["organisation"] for person in people} == {n: f"+{n}" for n in names}
    assert {person.cells["phone"] for person in people} == {f"+8484400053{n}" for n in range(len(names))}
    assert [person.problems for person in people if person.problems] == []


def test_signs_that_word_processors_leave_spoil_no_file(booth, make_person):  # K064
    assert booth.note(make_person(name="Siu\x0bMai"), text="Dòng một\x0bdòng hai\x07")["reason"] is None
    told = booth.told()
    assert ("dòng hai" in told, "\x0b" in told, "\x07" in told) == (True, False, False)


def test_a_list_of_leads_takes_few_statements(booth, make_badge, at_most):
    for number in range(6):
        booth.note(make_badge(f"Khách {number}"))
    with at_most(statements=16):
        booth.client.get("/exhibitor/leads")


def test_the_rating_looked_for_is_the_last_one(booth, make_person):
    person = make_person()
    booth.note(person, rating=5), booth.note(person, rating=2)
    found = [("Bia" in booth.client.get(f"/exhibitor/leads?rating={rating}").text) for rating in (5, 2)]
    assert found == [False, True]


@pytest.fixture
def tagged(booth, make_badge):
    """Three leads: An wants dryers, Bình grinders and dryers, Chi nothing yet."""
    shared = {"phone": PHONE, "consents": frozenset({"exhibitors_read"})}
    an, binh, chi = (make_badge(name, **shared) for name in ("An", "Bình", "Chi"))
    booth.note(an, tags=["máy sấy"], rating=5), booth.note(binh, tags=["xay"], rating=3)
    booth.note(binh, tags=["máy sấy 2 tấn", "máy sấy"]), booth.note(chi)
    return booth


NARROWED = [
    ({"tag": "máy sấy"}, {"An", "Bình"}),
    ({"tag": "xay"}, {"Bình"}),
    ({"tag": "máy"}, set()),
    ({"tag": "%"}, set()),
    ({"tag": "máy sấy", "rating": "5"}, {"An"}),
    ({"q": "binh"}, {"Bình"}),
    ({}, {"An", "Bình", "Chi"}),
]


@pytest.mark.parametrize(("wanted", "names"), NARROWED)
def test_a_list_narrowed_by_tag_rating_or_name_gives_files_with_the_same_leads(tagged, wanted, names):
    page = tagged.client.get("/exhibitor/leads", query_string=wanted).text
    book = openpyxl.load_workbook(io.BytesIO(tagged.client.post("/exhibitor/leads/leads.xlsx", data=wanted).data))
    cards = tagged.client.post("/exhibitor/leads/leads.vcf", data=wanted).text
    assert {name for name in ("An", "Bình", "Chi") if f"<b>{name}</b></a>" in page} == names
    assert {row[0].value for row in book.active.iter_rows(min_row=3)} == names
    assert {name for name in ("An", "Bình", "Chi") if f"FN:{name}\r" in cards} == names

"""Exhibitors scan badges at their booth: one lead a person, nothing overwritten, no contact without consent."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest

from techfair.core import clock
from techfair.exhibitors import applications, companies
from techfair.exhibitors.models import CompanyMember
from techfair.extensions import db
from techfair.visitors import badges, merging, own, registering
from techfair.visitors.leads.models import Lead, LeadNote
from techfair.visitors.listing import read_list
from techfair.visitors.models import Registration

EMAIL, PHONE = "bia@example.vn", "+84905123456"


@pytest.fixture
def make_exhibitor(fair, organizer, make_user):
    """Makes an approved exhibitor whose manager is ``<ref>@example.vn``."""

    def make(ref="dai-nguyen", name="Công ty Cơ khí Đại Nguyên"):
        user = make_user(f"{ref}@example.vn", full_name=f"Quản lý {ref}")
        company = companies.create(user, ["food"], name_vi=name, contact_email=user.email)
        company.public_ref = ref
        application = applications.start(fair, company, user, exhibits="Máy sấy")
        applications.submit(application, user)
        exhibitor = applications.approve(application, organizer)
        db.session.commit()
        return exhibitor, user

    return make


@pytest.fixture
def booth(make_exhibitor, sign_in, fair):
    """The exhibitor's people at work: ``booth.note(badge, rating=4)``."""
    return Booth(*make_exhibitor(), sign_in, fair)


class Booth:
    def __init__(self, exhibitor, user, sign_in, fair):
        self.exhibitor, self.user, self.fair = exhibitor, user, fair
        self.address = f"/exhibitor/leads/of/{exhibitor.id}"
        self.client = sign_in(user)

    def reading(self, code, **values):
        token = getattr(code, "token", code)
        return {"id": str(uuid4()), "code": token, "noted_at": clock.now().isoformat()} | values

    def send(self, *notes, client=None, **batch):
        return (client or self.client).post(self.address, json={"notes": notes} | batch)

    def note(self, code, **values):
        return self.send(self.reading(code, **values)).get_json()["results"][0]

    def leads(self):
        db.session.expire_all()
        return list(db.session.scalars(db.select(Lead).options(db.selectinload(Lead.notes)).order_by(Lead.id)))

    def told(self):
        """All that the exhibitor can see or take along."""
        pages = [self.client.get("/exhibitor/leads"), self.client.post("/exhibitor/leads/leads.vcf")]
        pages += [self.client.get(f"/exhibitor/leads/{lead.id}") for lead in self.leads()]
        book = openpyxl.load_workbook(io.BytesIO(self.client.post("/exhibitor/leads/leads.xlsx").data))
        cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
        return "\n".join([page.text for page in pages] + cells)


@pytest.fixture
def make_person(make_badge):
    def make(consents=("exhibitors_read",), name="H'Bia Siu", email=EMAIL):
        return make_badge(name, email=email, phone=PHONE, organisation="HTX Chư Sê", consents=frozenset(consents))

    return make


def browser_of(app, registration_id):
    browser = app.test_client()
    person = db.session.get_one(Registration, registration_id)
    browser.get("/me/" + own.address(person).partition("/me/")[2])
    return browser


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


def test_another_exhibitor_sees_and_writes_nothing_here(booth, make_exhibitor, make_person, sign_in):
    booth.note(make_person())
    (lead,) = booth.leads()
    _, stranger = make_exhibitor("khac", "Công ty Khác")
    client = sign_in(stranger)
    assert client.get(f"/exhibitor/leads/{lead.id}").status_code == 404
    assert "Bia" not in client.get("/exhibitor/leads").text
    assert booth.send(booth.reading(lead.id), client=client).status_code == 404
    assert booth.client.application.test_client().post(booth.address, json={}).status_code == 303


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


def test_a_null_character_in_a_note_is_refused_not_a_fault_of_ours(booth, make_person):  # K064
    assert booth.send(booth.reading(make_person(), text="a\x00b")).status_code == 422
    assert booth.leads() == []


def test_the_exhibitors_own_questions_are_asked_and_answered(booth, make_person):
    booth.client.post("/exhibitor/leads/questions", data={"text": "Bao giờ cần?"})
    assert "Bao giờ cần?" in booth.client.get("/exhibitor/leads/scan").text
    booth.note(make_person(), answers={"Bao giờ cần?": "Quý II"})
    assert "Quý II" in booth.client.get(f"/exhibitor/leads/{booth.leads()[0].id}").text


def test_a_list_of_leads_takes_few_statements(booth, make_badge, at_most):
    for number in range(6):
        booth.note(make_badge(f"Khách {number}"))
    with at_most(statements=16):
        booth.client.get("/exhibitor/leads")


def test_opened_badges_show_an_exhibitor_the_lead_and_a_stranger_nothing(booth, make_person, client):
    person = make_person()
    path = "/b/" + person.token
    assert booth.client.get(path).location == f"/exhibitor/leads/scan#{person.token}"
    assert "Bia" not in client.get(path).text


def test_a_visitor_leaves_the_contact_by_a_tap_and_takes_it_back(app, booth, make_person):
    person = make_person(consents=())
    visitor = browser_of(app, person.badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    assert EMAIL in visitor.get(visit).text
    assert booth.leads() == []  # opening the page says nothing to anybody
    for _ in range(2):
        visitor.post(f"{visit}/leave_contact", data={"text": "Báo giá máy sấy"})
    assert EMAIL in booth.told()
    assert [note.way for note in booth.leads()[0].notes] == ["asked"]
    visitor.post(f"{visit}/take_back")
    assert EMAIL not in booth.told()


def test_a_visitor_keeps_an_exhibitor_on_a_list_of_their_own(app, booth, make_person):
    visitor = browser_of(app, make_person().badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    visitor.post(f"{visit}/keep"), visitor.post(f"{visit}/keep")
    assert visitor.get("/me/list").text.count("Cơ khí Đại Nguyên") == 1
    visitor.post(f"{visit}/let_go")
    assert "Cơ khí Đại Nguyên" not in visitor.get("/me/list").text


def test_a_phone_without_a_badge_is_told_how_and_writes_nothing(client, booth):
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    assert "chưa biết thẻ" in client.get(visit).text
    assert client.post(f"{visit}/keep").status_code == 404


def test_the_visitor_sees_who_scanned_them_and_erases_it(app, booth, make_person):
    person = make_person()
    booth.note(person, text="khách quan tâm máy sấy")
    visitor = browser_of(app, person.badge.registration_id)
    assert "Cơ khí Đại Nguyên" in visitor.get("/me/data").text
    assert "khách quan tâm máy sấy" in str(visitor.get("/me/data/file").get_json())
    visitor.post("/me/data/erase")
    assert (booth.leads(), db.session.scalar(db.select(db.func.count(LeadNote.id)))) == ([], 0)


def test_merged_people_are_one_lead_with_both_notes(booth, make_person, make_badge, fair, organizer):
    one, other = make_person(), make_badge("Bia Siu", email="bia.siu@example.vn")
    booth.note(one, text="một"), booth.note(other, text="hai")
    kept, gone = (db.session.get_one(Registration, worn.badge.registration_id) for worn in (one, other))
    merging.merge(kept, gone, fair, organizer)
    db.session.commit()
    (lead,) = booth.leads()
    assert sorted(note.text for note in lead.notes) == ["hai", "một"]


def test_taking_the_contact_back_outweighs_the_consent_to_all(app, booth, make_person):
    person = make_person()  # agrees that exhibitors read it
    booth.note(person)
    visitor = browser_of(app, person.badge.registration_id)
    assert "được xem" in visitor.get("/me/data").text
    visitor.post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/take_back")
    assert EMAIL not in booth.told()
    visitor.post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/leave_contact")
    assert EMAIL in booth.told()


def test_what_was_written_with_a_contact_goes_when_it_is_taken_back(app, booth, make_person):
    visitor = browser_of(app, make_person(consents=()).badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    visitor.post(f"{visit}/leave_contact", data={"text": "Gọi 0912 000 999"})
    assert "0912 000 999" in booth.told()
    visitor.post(f"{visit}/take_back")
    assert "0912 000 999" not in booth.told()


def test_a_refusal_survives_a_merge(app, booth, make_person, make_badge, fair, organizer):
    one, other = make_person(), make_badge("Bia", email="b@example.vn", consents=frozenset({"exhibitors_read"}))
    booth.note(one), booth.note(other)
    browser_of(app, other.badge.registration_id).post("/fairs/gia-lai/exhibitors/dai-nguyen/visit/take_back")
    kept, gone = (db.session.get_one(Registration, worn.badge.registration_id) for worn in (one, other))
    merging.merge(kept, gone, fair, organizer)
    db.session.commit()
    assert EMAIL not in booth.told()


def test_the_rating_looked_for_is_the_last_one(booth, make_person):
    person = make_person()
    booth.note(person, rating=5), booth.note(person, rating=2)
    found = [("Bia" in booth.client.get(f"/exhibitor/leads?rating={rating}").text) for rating in (5, 2)]
    assert found == [False, True]


def test_an_id_that_is_known_makes_no_second_lead(booth, make_person, make_badge):
    reading = booth.reading(make_person())
    booth.send(reading), booth.send(reading | {"code": make_badge("An").token})
    assert len(booth.leads()) == 1


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


def test_the_code_of_a_booth_is_a_poster_that_opens_the_exhibitors_page(booth, fair):
    page = booth.client.get("/exhibitor/leads/code").text
    assert "Công ty Cơ khí Đại Nguyên" in page
    assert "Quét bằng điện thoại" in page
    assert "Scan with your phone" in page
    assert re.search(r'href="http://[^/"]+/fairs/gia-lai/exhibitors/dai-nguyen"', page)


def test_the_organizer_prints_the_codes_of_all_booths_at_once(booth, make_exhibitor, as_organizer, client):
    make_exhibitor("khac", "Công ty Khác")
    codes = "/organizer/fairs/gia-lai/visitors/print/codes"
    page = as_organizer.get(codes).text
    assert page.count('class="poster-code"') == 2
    assert codes in as_organizer.get("/organizer/fairs/gia-lai/visitors/print").text
    assert booth.client.get(codes).status_code == 404

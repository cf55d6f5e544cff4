"""A visitor keeps exhibitors, leaves a contact, and sees who scanned them."""

from techfair.extensions import db
from techfair.visitors.leads.models import LeadNote
from tests.visitors.leads.conftest import EMAIL


def test_a_visitor_leaves_the_contact_by_a_tap_and_takes_it_back(browser_of, booth, make_person):
    person = make_person(consents=())
    visitor = browser_of(person.badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    assert EMAIL in visitor.get(visit).text
    assert booth.leads() == []  # opening the page says nothing to anybody
    for _ in range(2):
        visitor.post(f"{visit}/leave_contact", data={"text": "Báo giá máy sấy"})
    assert EMAIL in booth.told()
    assert [note.way for note in booth.leads()[0].notes] == ["asked"]
    visitor.post(f"{visit}/take_back")
    assert EMAIL not in booth.told()


def test_a_visitor_keeps_an_exhibitor_on_a_list_of_their_own(browser_of, booth, make_person):
    visitor = browser_of(make_person().badge.registration_id)
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    visitor.post(f"{visit}/keep"), visitor.post(f"{visit}/keep")
    assert visitor.get("/me/list").text.count("Cơ khí Đại Nguyên") == 1
    visitor.post(f"{visit}/let_go")
    assert "Cơ khí Đại Nguyên" not in visitor.get("/me/list").text


def test_a_phone_without_a_badge_is_told_how_and_writes_nothing(client, booth):
    visit = "/fairs/gia-lai/exhibitors/dai-nguyen/visit"
    assert "chưa biết thẻ" in client.get(visit).text
    assert client.post(f"{visit}/keep").status_code == 404


def test_the_visitor_sees_who_scanned_them_and_erases_it(browser_of, booth, make_person):
    person = make_person()
    booth.note(person, text="khách quan tâm máy sấy")
    visitor = browser_of(person.badge.registration_id)
    assert "Cơ khí Đại Nguyên" in visitor.get("/me/data").text
    assert "khách quan tâm máy sấy" in str(visitor.get("/me/data/file").get_json())
    visitor.post("/me/data/erase")
    assert (booth.leads(), db.session.scalar(db.select(db.func.count(LeadNote.id)))) == ([], 0)

"""Registering on the page: what is kept, what is told, and to whom."""

import csv
import re
from pathlib import Path
from threading import Barrier, Thread
from unicodedata import normalize

import pytest

from techfair.extensions import db
from techfair.visitors import badges, own, queries, registering
from techfair.visitors.models import Badge, Consent, Registration

CASES = Path(__file__).parents[1] / "cases"
NAMES = list(csv.DictReader((CASES / "names.csv").open(encoding="utf-8")))
VALUES = {"full_name": "Trần Văn Tùng", "contact": "tung@example.vn", "organisation": "Sở KH&CN", "kind": "visitor"}


def people():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


@pytest.fixture
def send(fair, client):
    """Sends the form as a browser would."""

    def sent(client=client, **values):
        return client.post(
            "/fairs/gia-lai/register", data=VALUES | {"form_token": values.get("full_name", "x")} | values
        )

    return sent


def test_who_registers_sees_the_badge_at_once(send, client):
    page = client.get(send().location).text
    assert "Trần Văn Tùng" in page
    assert "Sở KH&amp;CN" in page
    assert "<svg" in page


def test_the_page_says_where_the_mail_goes_or_to_save_the_picture(send, client):
    assert "Thư kèm đường dẫn đến trang này được gửi tới tung@example.vn" in client.get(send().location).text
    by_phone = send(full_name="Nguyễn Thị Mai", contact="0905 123 456")
    assert "Hãy lưu ảnh thẻ vào điện thoại này" in client.get(by_phone.location).text


def test_the_mail_brings_the_badge_in_the_persons_language(send, mails, app):
    send(contact="one@example.vn", full_name="A")
    app.test_client().post(
        "/fairs/gia-lai/register?lang=en", data=VALUES | {"form_token": "b", "contact": "two@example.vn"}
    )
    vietnamese, english = mails()
    assert (vietnamese.language, english.language) == ("vi", "en")
    assert english.subject == "Your badge for Gia Lai Technology Fair"
    assert (vietnamese.attachments[0].split()[1], "/me/" in english.text) == ("image/png", True)


def test_the_mailed_link_opens_the_badge_elsewhere_as_often_as_one_likes(send, mails, app):
    send()
    link = re.search(r"/me/\S+", mails()[0].text)[0]
    for browser in (app.test_client(), app.test_client()):
        browser.head(link)
        assert "Trần Văn Tùng" in browser.get(link, follow_redirects=True).text


def test_without_the_link_the_own_page_says_how_to_get_it(client, fair):
    answer = client.get("/me/")
    assert (answer.status_code, "thư" in answer.text) == (403, True)


@pytest.mark.parametrize("then", ["https://elsewhere.example", "//elsewhere.example", "/me/../admin", "/admin"])
def test_a_link_leads_to_the_persons_own_pages_alone(send, mails, app, then):
    send()
    link = re.search(r"/me/\S+", mails()[0].text)[0]
    assert app.test_client().get(f"{link}?then={then}").location == "/me/"


def test_old_links_end_when_the_epoch_rises(app, client, register):
    registration = register()
    link = own.address(registration).removeprefix(app.config["BASE_URL"])
    registration.link_epoch += 1
    db.session.commit()
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("row", NAMES, ids=lambda row: next(iter(row.values())))
def test_every_real_name_is_kept_as_typed(send, client, row):  # K042
    name = next(iter(row.values()))
    page = client.get(send(full_name=name, form_token="t").location).text
    assert people()[0].full_name == normalize("NFC", name)
    assert normalize("NFC", name).replace("'", "&#39;") in page


@pytest.mark.parametrize("typed", ["hmai", "h'mai", "h’mai", "H'MAI"])
def test_a_name_is_found_however_its_apostrophe_is_typed(register, fair, typed):
    register("H'Mai Niê"), register("H’Mai Êban"), register("Nguyễn Văn An")
    assert {row.Registration.full_name for row in queries.find_people(fair, typed)} == {"H'Mai Niê", "H’Mai Êban"}


def test_what_is_typed_with_its_accents_comes_first(register, fair):
    register("Dao Văn An"), register("Đào Văn An")
    assert queries.find_people(fair, "đào")[0].Registration.full_name == "Đào Văn An"
    assert len(queries.find_people(fair, "dao van")) == 2


def test_wrong_fields_are_named_and_what_was_typed_stays(send):
    answer = send(full_name=" ", contact="tung@", organisation="Công ty Bắc Hải")
    assert answer.status_code == 422
    assert all(
        text in answer.text for text in ('href="#full_name"', 'href="#contact"', "Công ty Bắc Hải", 'value="tung@"')
    )
    assert people() == []


def test_an_eleven_digit_number_is_refused_with_the_new_one(send):  # K045
    assert "0344000531" in send(contact="01644000531").text


def test_the_same_form_sent_twice_is_one_registration(send, mails, client):  # K031
    first, second = send(form_token="same"), send(form_token="same")
    assert first.location == second.location
    assert (len(people()), len(list(db.session.scalars(db.select(Badge)))), len(mails())) == (1, 1, 1)


def test_the_same_form_sent_at_once_by_two_connections_is_one_registration(app, fair, mails):  # K031
    start, answers = Barrier(2), []
    db.session.remove()

    def press():
        client = app.test_client()
        start.wait()
        answers.append(client.post("/fairs/gia-lai/register", data=VALUES | {"form_token": "same"}).status_code)

    threads = [Thread(target=press) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert (answers, len(people()), len(mails())) == ([303, 303], 1, 1)


def test_a_second_registration_of_an_address_shows_a_badge_and_mails_the_old_one(send, client, mails):
    send(full_name="Trần Văn Tùng", contact="tung@example.vn")
    again = client.get(send(full_name="Người Khác", contact="TUNG@Example.vn").location).text
    first, second = people()
    assert ("Người Khác" in again, "Trần Văn Tùng" in again) == (True, False)
    assert second.possible_duplicate_of_id == first.id
    old, new = mails()
    assert (new.to_name, new.attachments) == (old.to_name, old.attachments)


def test_addresses_are_compared_by_case_alone(send):  # K083
    for number, address in enumerate(
        ("NGUYEN.Van+fair@Example.VN", "nguyen.van+fair@example.vn", "nguyenvan@example.vn")
    ):
        send(contact=address, form_token=str(number))
    assert [person.possible_duplicate_of_id is not None for person in people()] == [False, True, False]
    assert people()[0].email == "NGUYEN.Van+fair@Example.VN"


def test_one_number_spelled_twice_is_a_possible_duplicate(send, mails):
    send(contact="0844 000 531", form_token="1"), send(contact="+84 (0)844000531", form_token="2")
    assert ([person.phone for person in people()], people()[1].possible_duplicate_of_id) == (
        ["+84844000531"] * 2,
        people()[0].id,
    )
    assert mails() == []


def test_a_line_break_in_a_name_makes_no_header(send, mails):  # K084
    send(full_name="An\r\nBcc: x@example.com")
    assert mails()[0].to_name == "An Bcc: x@example.com"


def test_a_null_character_is_refused_at_the_form(send):
    assert send(full_name="An\x00").status_code == 422


def test_consents_are_dated_and_can_be_taken_back(send, client):
    send(consents=["photos", "exhibitors_read"])
    client.post("/me/consents", data={"consents": ["photos", "public_list"]})
    standing = {consent.purpose: consent.withdrawn_at is None for consent in db.session.scalars(db.select(Consent))}
    assert standing == {"photos": True, "exhibitors_read": False, "public_list": True}


def test_nobody_agrees_by_default(client, fair):
    assert "checked" not in client.get("/fairs/gia-lai/register").text.split('name="consents"', 1)[1]


def test_a_closed_fair_registers_nobody(send, fair):
    fair.registration_is_open = False
    db.session.commit()
    assert ("đóng" in send().text.lower(), people()) == (True, [])


def test_asking_for_the_badge_again_never_tells_who_is_registered(send, client, mails, app):
    send()
    asked = [
        app.test_client().post("/fairs/gia-lai/badge", data={"email": address})
        for address in ("tung@example.vn", "an@example.vn")
    ]
    assert asked[0].text.replace("tung@example.vn", "an@example.vn") == asked[1].text
    assert [mail.to_address for mail in mails()] == ["tung@example.vn"] * 2


def test_a_revoked_badge_is_shown_as_void_and_not_mailed_again(send, client, mails):
    send()
    badges.revoke(db.session.scalars(db.select(Badge)).one(), by=None, reason="Thẻ bị mất")
    db.session.commit()
    client.post("/fairs/gia-lai/badge", data={"email": "tung@example.vn"})
    assert ("data-void" in client.get("/me/").text, client.get("/me/badge.png").status_code) == (True, 404)
    assert len(mails()) == 1


def test_a_listener_hears_of_each_registration_before_the_commit(register):
    heard = []
    with registering.visitor_registered.connected_to(heard.append):
        person = register()
    assert heard == [person]


@pytest.mark.parametrize("letter", ["b", "B"])
def test_a_badges_address_shows_a_stranger_only_the_fair(client, badge, letter):
    page = client.get(f"/{letter}/{badge.token}")
    assert (page.status_code, "Trần Văn Tùng" in page.text, "Hội chợ công nghệ Gia Lai" in page.text) == (
        200,
        False,
        True,
    )


def test_a_badges_address_leads_its_owner_to_the_badge_and_a_steward_to_check_in(client, badge, as_steward, app):
    with client.session_transaction() as session:
        session["registration"] = [badge.badge.registration_id, 0]
    assert client.get(f"/b/{badge.token}").location == "/me/"
    assert as_steward.get(f"/b/{badge.token}").location == f"/gate/gia-lai#{badge.token}"


@pytest.mark.parametrize("token", ["x", "0" * 113, "Z" * 113])
def test_an_address_that_is_no_badge_says_so(client, fair, token):
    assert client.get(f"/b/{token}").status_code == 404

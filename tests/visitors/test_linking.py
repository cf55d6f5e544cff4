"""A phone is linked to a badge by a one-time code; a photo of the badge opens and tells nothing."""

import re
from datetime import timedelta

import pytest

from techfair.core import clock
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.visitors import badges, own
from techfair.visitors.linking import codes
from techfair.visitors.linking.models import LinkCode
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing


@pytest.fixture
def worn(make_badge):
    return make_badge("H'Bia Siu", email="bia@example.vn", organisation="HTX Chư Sê")


@pytest.fixture
def phone(app, worn, run_jobs):
    """A phone that scanned the badge: ``phone.ask()``, ``phone.type(code)``."""
    return Phone(app.test_client(), worn.token, run_jobs)


class Phone:
    def __init__(self, browser, token, run_jobs):
        self.browser, self.page, self.run_jobs = browser, f"/b/{token}/link", run_jobs

    def ask(self):
        answer = self.browser.post(self.page, follow_redirects=True)
        self.run_jobs()
        return answer.text

    def type(self, code):
        return self.browser.post(f"{self.page}/code", data={"code": code})

    def is_linked(self):
        return self.browser.get("/me/").status_code == 200


def mails():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Mail).filter_by(template="link_code").order_by(Mail.id)))


def mailed_code():
    return re.search(r"^(\d{6})$", mails()[-1].text, re.MULTILINE)[1]


def another(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_mailed_code_links_the_phone_which_is_remembered_without_its_session(phone, worn):
    phone.ask()
    assert mails()[-1].to_address == "bia@example.vn"
    assert phone.type(f" {mailed_code()[:3]} {mailed_code()[3:]} ").location == "/me/"
    phone.browser.delete_cookie("techfair")
    assert "H&#39;Bia Siu" in phone.browser.get("/me/").text
    assert phone.browser.get(f"/b/{worn.token}").location == "/me/"


def test_a_stranger_with_a_photo_of_the_badge_learns_only_the_fair(phone, client, worn):
    told = client.get(f"/b/{worn.token}").text + phone.ask() + phone.type("000000").text + client.get(phone.page).text
    assert [secret for secret in ("Bia", "bia@", "example.vn", "Chư Sê") if secret in told] == []
    assert not phone.is_linked()


def test_a_badge_without_an_address_answers_the_same(phone, app, register, fair, make_badge, run_jobs):
    other = Phone(app.test_client(), make_badge("Lê An", email=None, phone="+84905123456").token, run_jobs)
    answers = [re.sub(r'name="csrf_token" [^>]*', "", one.ask().replace(one.page, "")) for one in (phone, other)]
    assert (answers[0], len(mails())) == (answers[1], 1)


def test_a_code_works_once_and_not_after_a_quarter_of_an_hour(phone, app, worn, run_jobs):
    phone.ask()
    code = mailed_code()
    with clock.held_at(clock.now() + timedelta(minutes=16)):
        assert phone.type(code).status_code == 422
    phone.type(code)
    assert phone.is_linked()
    second = Phone(app.test_client(), worn.token, run_jobs)
    assert (second.type(code).status_code, second.is_linked()) == (422, False)


def test_after_five_wrong_tries_the_right_code_is_wrong_too(phone):
    phone.ask()
    code = mailed_code()
    for _ in range(codes.MOST_TRIES):
        assert phone.type(another(code)).status_code == 422
    assert (phone.type(code).status_code, phone.is_linked()) == (422, False)


def test_the_code_of_one_badge_links_no_other(phone, app, make_badge, run_jobs):
    phone.ask()
    other = Phone(app.test_client(), make_badge("Lê An").token, run_jobs)
    assert other.type(mailed_code()).status_code == 422


def test_asking_is_limited_to_one_mail_a_minute_and_six_a_day(phone):
    start = clock.now()
    phone.ask(), phone.ask()
    assert len(mails()) == 1
    for minute in range(1, 20):
        with clock.held_at(start + timedelta(minutes=2 * minute)):
            phone.ask()
    assert len(mails()) == codes.MOST_ASKED
    with clock.held_at(start + timedelta(days=2)):
        phone.ask()
    assert len(mails()) == codes.MOST_ASKED + 1


def test_the_desk_tells_a_code_to_whoever_has_no_mail(app, as_organizer, make_badge, run_jobs):
    worn = make_badge("Lê An", email=None, phone="+84905123456")
    page = f"/organizer/fairs/gia-lai/visitors/{worn.badge.registration_id}"
    told = as_organizer.post(f"{page}/link-code", follow_redirects=True).text
    phone = Phone(app.test_client(), worn.token, run_jobs)
    phone.type(re.search(r"(\d{3} \d{3})\.", told)[1])
    assert phone.is_linked()
    assert "Quầy đã đưa mã dùng một lần" in as_organizer.get(page).text


def test_asking_for_a_mail_ends_no_code_that_the_desk_told(phone, worn, organizer):
    code = codes.give(db.session.get_one(Registration, worn.badge.registration_id), organizer)
    db.session.commit()
    phone.ask()
    assert mails() == []
    phone.type(code)
    assert phone.is_linked()


def test_only_who_looks_after_visitors_gets_a_code(client, worn, make_user, sign_in):
    page = f"/organizer/fairs/gia-lai/visitors/{worn.badge.registration_id}/link-code"
    assert client.post(page).status_code == 303
    assert sign_in(make_user("ai-do@example.vn")).post(page).status_code == 404
    assert db.session.scalars(db.select(LinkCode)).all() == []


def test_a_replaced_badge_links_nothing(phone, worn, organizer):
    phone.ask()
    code = mailed_code()
    badges.replace(worn.badge, organizer)
    db.session.commit()
    assert (phone.type(code).status_code, phone.is_linked()) == (422, False)


def test_linking_leads_back_to_the_exhibitor(phone, app):
    with phone.browser.session_transaction() as session:
        session["after linking"] = "/fairs/gia-lai/exhibitors/dai-nguyen"
    phone.ask()
    assert phone.type(mailed_code()).location == "/fairs/gia-lai/exhibitors/dai-nguyen"


def test_closing_the_page_forgets_the_phone(phone):
    phone.ask()
    phone.type(mailed_code())
    phone.browser.post("/me/leave")
    assert not phone.is_linked()


def test_erasing_ends_the_link_and_takes_code_and_mail_along(phone, worn, organizer):
    phone.ask()
    phone.type(mailed_code())
    phone.ask()
    erasing.erase(db.session.get_one(Registration, worn.badge.registration_id), organizer)
    db.session.commit()
    assert (mails(), list(db.session.scalars(db.select(LinkCode)))) == ([], [])
    assert not phone.is_linked()


def test_the_cookie_of_a_phone_is_no_link_of_a_mail(phone, app, client):
    phone.ask()
    phone.type(mailed_code())
    cookie = phone.browser.get_cookie(own.COOKIE)
    assert cookie.http_only
    assert client.get(f"/me/{cookie.value}").status_code == 404

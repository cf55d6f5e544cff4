"""Invitations: locked to one address, for the right kind, used once, ended by the organizer or by time."""

import re
from datetime import timedelta

import pytest

from techfair.core import clock, links
from techfair.extensions import db
from techfair.visitors.invitations.models import Invitation
from techfair.visitors.models import Registration

CONSOLE = "/organizer/fairs/gia-lai/invitations"


@pytest.fixture
def invite(as_organizer, fair):
    def sent(addresses="Đặng Thị Ngữ <ngu@example.vn>", **values):
        given = {"addresses": addresses, "kind": "vip", "language": "vi", "until": fair.ends_on.isoformat()}
        return as_organizer.post(CONSOLE, data=given | values)

    return sent


@pytest.fixture
def link(invite, mails):
    invite()
    return re.search(r"/invitation/\S+", mails()[-1].text)[0]


def people():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def test_each_address_gets_one_mail_with_its_own_link(invite, mails):
    invite("Đặng Thị Ngữ <ngu@example.vn>\nan@example.vn\n\nNGU@example.vn")
    assert [(mail.to_address, mail.to_name) for mail in mails()] == [
        ("ngu@example.vn", "Đặng Thị Ngữ"),
        ("an@example.vn", ""),
    ]
    invite("an@example.vn")
    assert len(mails()) == 2


def test_a_line_that_is_no_address_is_told_and_nobody_is_invited(invite, mails):
    answer = invite("an@example.vn\nkhông phải thư")
    assert (answer.status_code, "không phải thư" in answer.text, mails()) == (422, True, [])


def test_a_day_that_is_past_is_told(invite, mails):
    assert (invite(until="2019-11-24").status_code, mails()) == (422, [])


def test_the_link_registers_that_address_as_that_kind_and_no_other(client, link):
    page = client.get(link).text
    assert ("ngu@example.vn" in page, "Khách quý" in page, 'value="Đặng Thị Ngữ"' in page) == (True, True, True)
    client.post(link, data={"full_name": "Đặng Thị Ngữ", "email": "khac@example.vn", "kind": "organizer"})
    (person,) = people()
    assert (person.email, person.kind, person.full_name) == ("ngu@example.vn", "vip", "Đặng Thị Ngữ")
    assert "Đặng Thị Ngữ" in client.get("/me/").text


def test_opening_the_link_uses_nothing_up(client, link):  # K115
    client.head(link), client.get(link), client.get(link)
    assert people() == []
    assert client.post(link, data={"full_name": "An"}).status_code == 303


def test_it_works_once(client, app, link):
    client.post(link, data={"full_name": "An"})
    second = app.test_client().post(link, data={"full_name": "Bình"})
    assert (second.status_code, len(people())) == (410, 1)
    assert "gửi lại" in second.text


def test_it_works_also_when_the_public_form_is_closed(client, link, fair):
    fair.registration_is_open = False
    db.session.commit()
    assert client.post(link, data={"full_name": "An"}).status_code == 303


def test_without_a_name_nothing_happens_and_the_field_says_so(client, link):
    answer = client.post(link, data={"full_name": " ", "organisation": "Sở KH&CN"})
    assert (answer.status_code, "Sở KH&amp;CN" in answer.text, people()) == (422, True, [])


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_what_was_taken_back_or_is_over_registers_nobody(client, link, end):
    invitation = db.session.scalars(db.select(Invitation)).one()
    invitation.invited_at -= timedelta(days=3)
    setattr(invitation, end, clock.now() - timedelta(days=1))
    db.session.commit()
    assert client.get(link).status_code == 410
    assert (client.post(link, data={"full_name": "An"}).status_code, people()) == (410, [])


def test_a_made_up_link_opens_nothing(client, fair):
    assert client.get("/invitation/abc").status_code == 404
    assert client.get("/invitation/" + links.sign("registration", 1)).status_code == 404


def test_the_organizer_sends_again_and_takes_back(as_organizer, client, link, mails):
    invitation = db.session.scalars(db.select(Invitation)).one()
    as_organizer.post(f"{CONSOLE}/{invitation.id}/again")
    assert len(mails()) == 2
    as_organizer.post(f"{CONSOLE}/{invitation.id}/revoke")
    assert client.get(link).status_code == 410
    assert "đã thu hồi" in as_organizer.get(CONSOLE).text


def test_after_the_end_of_one_the_same_address_may_be_invited_anew(invite, mails):
    invite()
    invitation = db.session.scalars(db.select(Invitation)).one()
    invitation.invited_at -= timedelta(days=3)
    invitation.expires_at = clock.now() - timedelta(days=1)
    db.session.commit()
    invite()
    assert len(mails()) == 2


def test_a_steward_and_another_fairs_organizer_invite_nobody(sign_in, steward, as_organizer, link, make_fair):
    make_fair("kon-tum")
    invitation = db.session.scalars(db.select(Invitation)).one()
    assert sign_in(steward).get(CONSOLE).status_code == 404
    assert as_organizer.post(f"/organizer/fairs/kon-tum/invitations/{invitation.id}/revoke").status_code == 404

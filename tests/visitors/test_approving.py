"""Kinds that want approval: who chose one has no badge until the organizer has agreed."""

import pytest

from techfair.extensions import db
from techfair.visitors import badges, registering
from techfair.visitors.approving import kinds
from techfair.visitors.models import Badge, Registration
from techfair.visitors.registering import RegistrationInput

CONSOLE = "/organizer/fairs/gia-lai/approvals"


@pytest.fixture
def press_waits(as_organizer, fair):
    """The organizer ticks that the press wants approval."""
    assert as_organizer.post(CONSOLE, data={"kinds": ["press"]}).status_code == 303
    assert kinds.chosen(fair.id) == ["press"]


@pytest.fixture
def register_as(client, fair):
    """Sends the public form as this kind, and answers the page after it."""

    def sent(kind, name="Lê Thị Báo", contact="bao@example.vn"):
        db.session.rollback()
        data = {"full_name": name, "contact": contact, "kind": kind, "form_token": name}
        return client.post("/fairs/gia-lai/register", data=data, follow_redirects=True).text

    return sent


def people():
    db.session.expire_all()
    return [(one.full_name, one.state) for one in db.session.scalars(db.select(Registration).order_by(Registration.id))]


def badges_made():
    return db.session.scalar(db.select(db.func.count(Badge.id)))


def test_who_waits_is_told_so_and_has_the_badge_once_approved(press_waits, register_as, as_organizer, client, mails):
    page = register_as("press")
    assert ("Thẻ hiện tại đây sau khi ban tổ chức duyệt" in page, badges_made()) == (True, 0)
    assert ("Báo chí. Thẻ được gửi qua thư sau khi duyệt" in mails()[-1].text, mails()[-1].attachments) == (True, [])
    assert "Lê Thị Báo" in as_organizer.get(CONSOLE).text
    assert "1 đăng ký chờ duyệt" in as_organizer.get("/organizer/fairs/gia-lai/").text
    id = db.session.scalar(db.select(Registration.id))
    for _ in range(2):  # two organizers, or one who presses twice
        as_organizer.post(f"{CONSOLE}/approve", data={"id": [str(id)]})
    assert (people(), badges_made(), len(mails())) == ([("Lê Thị Báo", "confirmed")], 1, 2)
    assert (len(mails()[-1].attachments), "badge-code" in client.get("/me/").text) == (1, True)


def test_who_is_declined_is_told_why_and_may_register_again(press_waits, register_as, as_organizer, mails):
    register_as("press")
    id = db.session.scalar(db.select(Registration.id))
    assert as_organizer.post(f"{CONSOLE}/{id}/decline", data={"reason": " "}).status_code == 303
    assert people() == [("Lê Thị Báo", "pending")]
    as_organizer.post(f"{CONSOLE}/{id}/decline", data={"reason": "Chưa có thẻ nhà báo"})
    assert (people(), "Chưa có thẻ nhà báo" in mails()[-1].text) == ([("Lê Thị Báo", "cancelled")], True)
    as_organizer.post(f"{CONSOLE}/approve", data={"id": [str(id)]})
    register_as("visitor", name="Lê Thị Báo lần hai")
    assert [state for _, state in people()] == ["cancelled", "confirmed"]


def test_other_kinds_and_whom_the_organizer_registers_wait_for_nobody(press_waits, register_as, fair, organizer):
    register_as("delegate")
    given = RegistrationInput(full_name="Phóng viên được mời", email="moi@example.vn", kind="press")
    badge = badges.valid_badge(registering.register(fair, given, by=organizer))
    db.session.commit()
    assert (badge is not None, people()) == (
        True,
        [("Lê Thị Báo", "confirmed"), ("Phóng viên được mời", "confirmed")],
    )

"""What tests of agreements stand on: an exhibitor, a partner without an account, and their mailboxes."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import content, documents, drafting, signing
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import talking
from techfair.agreements.schemas import Deal, PartyInput
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests
from techfair.meetings.models import Meeting
from techfair.visitors.models import Registration

OURS, THEIRS = "van@dai-nguyen.example.vn", "minh@cao-nguyen.example.vn"


class Mailbox:
    """What a signer finds in the mail."""

    def __init__(self, email: str) -> None:
        self.email = email

    def newest(self, template: str) -> Mail:
        mine = db.select(Mail).filter_by(to_address=self.email, template=template).order_by(Mail.id.desc())
        mail = db.session.scalars(mine.limit(1)).one()
        db.session.expunge(mail)
        db.session.rollback()  # an open transaction would keep a served application from writing
        return mail

    @property
    def link(self) -> str:
        """The path of the newest link for signing."""
        found = re.search(r"https?://[^/]+(/sign/\S+)", self.newest("sign_invitation").text)
        assert found
        return found[1]

    @property
    def code(self) -> str:
        """The newest code."""
        found = re.search(r"^\d{6}$", self.newest("sign_code").text, re.MULTILINE)
        assert found
        return found[0]


@pytest.fixture
def ours(app: Flask) -> Mailbox:
    return Mailbox(OURS)


@pytest.fixture
def theirs(app: Flask) -> Mailbox:
    return Mailbox(THEIRS)


@pytest.fixture
def manager(make_user: Callable[..., User]) -> User:
    return make_user(OURS, full_name="Võ Thanh Vân")


@pytest.fixture
def as_manager(sign_in: Callable[[User], FlaskClient], manager: User) -> FlaskClient:
    return sign_in(manager)


@pytest.fixture
def company(manager: User) -> Company:
    company = companies.create(
        manager,
        ["food"],
        name_vi="Công ty TNHH Cơ khí Đại Nguyên",
        name_en="Dai Nguyen Machinery",
        tax_code="9900000111",
        address="12 Trần Phú, Pleiku",
        contact_name="Võ Thanh Vân",
        contact_title_vi="Giám đốc",
        contact_email=OURS,
    )
    db.session.commit()
    return company


@pytest.fixture
def exhibitor(fair: Fair, company: Company, manager: User, organizer: User) -> Exhibitor:
    application = applications.start(fair, company, manager, exhibits="Máy sấy cà phê")
    applications.submit(application, manager)
    exhibitor = applications.approve(application, organizer)
    db.session.commit()
    return exhibitor


def meet(fair: Fair, exhibitor: Exhibitor, by: User) -> Meeting:
    """A meeting to which the exhibitor has agreed with a visitor who asked for it."""
    visitor = Registration(
        fair_id=fair.id,
        full_name="Trần Văn Tùng",
        sort_key="tung",
        search_key="tran van tung",
        organisation="Trang trại Ia Grai",
        email=THEIRS,
        email_key=THEIRS,
    )
    db.session.add(visitor)
    db.session.flush()
    sides = participants.of_registration(visitor), participants.of_exhibitor(exhibitor)
    meeting = requests.accept(requests.ask(*sides, "visitor", requests.Wish("Về máy sấy cà phê")), by)
    db.session.commit()
    return meeting


@pytest.fixture
def meeting(fair: Fair, exhibitor: Exhibitor, manager: User) -> Meeting:
    return meet(fair, exhibitor, manager)


@pytest.fixture
def make_draft(fair: Fair, company: Company, manager: User) -> Callable[..., Agreement]:
    """Makes a draft between the company and a partner."""

    def make(kind: str = "memorandum", partner: str = "Hợp tác xã Cao Nguyên", **values: object) -> Agreement:
        given = {"subject_vi": "dây chuyền sấy cà phê", "subject_en": "a coffee drying line", "value": 24_500_000_000}
        sides = [
            PartyInput(company_id=company.id, name_vi=company.name_vi, representative="Võ Thanh Vân", email=OURS),
            PartyInput(name_vi=partner, representative="H'Bia Êban", email=THEIRS, language="en"),
        ]
        agreement = drafting.draft(fair, kind, Deal(**(given | values)), sides, by=manager)
        db.session.commit()
        return documents.load(agreement.id)

    return make


@pytest.fixture
def draft(make_draft: Callable[..., Agreement]) -> Agreement:
    return make_draft()


def settle(draft: Agreement, by: User) -> None:
    """Settle a text that all parties have seen and agreed to."""
    talking.share(draft, by=by)
    for party in draft.parties:
        talking.agree(draft, party, content.digest(draft))
    drafting.freeze(draft, by=by)


@pytest.fixture
def sent(draft: Agreement, manager: User) -> Agreement:
    """An agreement that both are asked to sign."""
    settle(draft, manager)
    signing.invite(draft, by=manager)
    db.session.commit()
    return draft


@pytest.fixture
def sign(app: Flask) -> Callable[[Mailbox], None]:
    """Signs as the reader of a mailbox would: link, code, confirm."""

    def signed(mailbox: Mailbox) -> None:
        client, link = app.test_client(), mailbox.link
        client.post(f"{link}/code")
        assert client.post(f"{link}/confirm", data={"code": mailbox.code}).status_code == 303

    return signed


@pytest.fixture
def completed(
    sent: Agreement,
    ours: Mailbox,
    theirs: Mailbox,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
) -> Agreement:
    sign(ours)
    sign(theirs)
    run_jobs()
    return documents.load(sent.id)

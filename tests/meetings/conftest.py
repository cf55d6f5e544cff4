"""A fair with exhibitors, a visitor, times and tables, and short words to meet with."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import applications, companies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Fair
from techfair.meetings import participants, requests, slots
from techfair.meetings.models import Meeting, MeetingRequest
from techfair.meetings.requests import Wish
from techfair.visitors import own, registering
from techfair.visitors.models import Registration
from techfair.visitors.registering import RegistrationInput


@pytest.fixture
def fair(make_fair: Callable[..., Fair]) -> Fair:
    """A fair that begins tomorrow, so that all its times are still to come."""
    fair = make_fair()
    fair.starts_on, fair.ends_on = fair.today + timedelta(days=1), fair.today + timedelta(days=2)
    keys.create(fair)
    db.session.commit()
    return fair


@pytest.fixture
def make_exhibitor(fair: Fair, organizer: User, make_user: Callable[..., User]) -> Callable[..., Exhibitor]:
    """Makes an approved exhibitor whose manager is ``<ref>@example.vn``."""

    def make(name: str = "Công ty Cơ khí Đại Nguyên", ref: str = "dai-nguyen") -> Exhibitor:
        user = make_user(f"{ref}@example.vn")
        company = companies.create(user, ["food"], name_vi=name, contact_email=user.email)
        company.public_ref = ref
        application = applications.start(fair, company, user, exhibits="Máy sấy")
        applications.submit(application, user)
        exhibitor = applications.approve(application, organizer)
        db.session.commit()
        return exhibitor

    return make


@pytest.fixture
def exhibitor(make_exhibitor: Callable[..., Exhibitor]) -> Exhibitor:
    return make_exhibitor()


@pytest.fixture
def as_exhibitor(exhibitor: Exhibitor, sign_in: Callable[[User], FlaskClient]) -> FlaskClient:
    """The manager of the exhibitor, signed in."""
    company = db.session.get_one(Company, exhibitor.company_id)
    return sign_in(companies.managers(company.id)[0])


@pytest.fixture
def make_visitor(fair: Fair) -> Callable[..., Registration]:
    def make(full_name: str = "Trần Văn Tùng", email: str = "tung@example.vn") -> Registration:
        registration = registering.register(fair, RegistrationInput(full_name=full_name, email=email))
        db.session.commit()
        return registration

    return make


@pytest.fixture
def visitor(make_visitor: Callable[..., Registration]) -> Registration:
    return make_visitor()


@pytest.fixture
def as_visitor(visitor: Registration, client: FlaskClient) -> FlaskClient:
    """The visitor's browser after opening the mailed link."""
    address = own.address(visitor)
    db.session.rollback()
    client.get("/" + address.split("/", 3)[3])
    return client


@pytest.fixture
def make_times(fair: Fair, organizer: User) -> Callable[..., None]:
    """Sets times on the fair's first day and tables: ``make_times(slots=3, tables=1)``."""

    def make(count: int = 6, tables: int = 3) -> None:
        ends = time(8 + count // 3, count % 3 * 20)
        slots.add_session(fair, slots.Session(fair.starts_on, time(8), ends, 20), organizer)
        slots.set_tables(fair, tables, "Khu kết nối", "Meeting area", organizer)
        db.session.commit()

    return make


@pytest.fixture
def ask(visitor: Registration, exhibitor: Exhibitor) -> Callable[..., MeetingRequest]:
    """The visitor asks the exhibitor for a meeting."""

    def asked(asking: Any = None, to: Exhibitor | None = None) -> MeetingRequest:
        wish = requests.ask(
            *participants.pair(asking or visitor, to or exhibitor), "visitor", Wish("Về máy sấy cà phê")
        )
        db.session.commit()
        return wish

    return asked


@pytest.fixture
def agree(ask: Callable[..., MeetingRequest], organizer: User) -> Callable[..., Meeting]:
    """The visitor asks and the exhibitor accepts."""

    def agreed(asking: Any = None, to: Exhibitor | None = None) -> Meeting:
        meeting = requests.accept(ask(asking, to), organizer)
        db.session.commit()
        return meeting

    return agreed

"""What tests of companies, applications, booths and technologies stand on."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import applications, companies, technologies
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair


@pytest.fixture
def manager(make_user: Callable[..., User]) -> User:
    return make_user("contact@dai-nguyen.example.vn", full_name="Võ Thanh Vân")


@pytest.fixture
def make_company(manager: User) -> Callable[..., Company]:
    """Makes a company with ``manager`` as its manager."""

    def make(name: str = "Công ty Cơ khí Đại Nguyên", by: User | None = None, **values: Any) -> Company:
        contact = {"contact_name": "Võ Thanh Vân", "contact_email": "contact@dai-nguyen.example.vn"}
        given = contact | {"contact_is_public": True}
        company = companies.create(by or manager, ["food"], name_vi=name, **(given | values))
        db.session.commit()
        return company

    return make


@pytest.fixture
def company(make_company: Callable[..., Company]) -> Company:
    return make_company(tax_code="9900000111", province_code="52", name_en="Dai Nguyen Machinery")


@pytest.fixture
def application(fair: Fair, company: Company, manager: User) -> Application:
    """A submitted one."""
    application = applications.start(fair, company, manager, exhibits="Máy sấy cà phê")
    applications.submit(application, manager)
    db.session.commit()
    return application


@pytest.fixture
def hall(fair: Fair) -> Hall:
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A", name_en="Hall A")
    db.session.add(hall)
    db.session.commit()
    return hall


@pytest.fixture
def make_booth(hall: Hall) -> Callable[..., Booth]:
    def make(code: str = "A01", **values: Any) -> Booth:
        booth = Booth(hall_id=hall.id, code=code, **({"fair_id": hall.fair_id} | values))
        db.session.add(booth)
        db.session.commit()
        return booth

    return make


@pytest.fixture
def booth(make_booth: Callable[..., Booth]) -> Booth:
    return make_booth()


@pytest.fixture
def exhibitor(application: Application, organizer: User) -> Exhibitor:
    """An approved one, without a booth."""
    exhibitor = applications.approve(application, organizer)
    db.session.commit()
    return exhibitor


@pytest.fixture
def as_manager(sign_in: Callable[[User], FlaskClient], manager: User) -> FlaskClient:
    return sign_in(manager)


@pytest.fixture
def make_technology(company: Company, manager: User) -> Callable[..., Technology]:
    """Makes a published technology of ``company``."""

    def make(title: str = "Máy sấy cà phê trống quay", **values: Any) -> Technology:
        given = {"summary_vi": "Sấy 6 tấn một mẻ", "readiness": 9, "transfer_forms": ["licence"]}
        technology = technologies.create(company, manager, ["food"], title_vi=title, **(given | values))
        technologies.publish(technology, manager)
        db.session.commit()
        return technology

    return make


@pytest.fixture
def technology(make_technology: Callable[..., Technology]) -> Technology:
    return make_technology()


@pytest.fixture
def make_exhibitor(fair: Fair, make_user: Callable[..., User], organizer: User) -> Callable[..., Exhibitor]:
    """Makes another company that exhibits at the fair."""

    def make(name: str, **values: Any) -> Exhibitor:
        user = make_user(f"{len(name)}.{name.split()[-1].lower()}@example.vn")
        company = companies.create(user, ["agri"], name_vi=name, **values)
        application = applications.start(fair, company, user, exhibits="")
        applications.submit(application, user)
        exhibitor = applications.approve(application, organizer)
        db.session.commit()
        return exhibitor

    return make

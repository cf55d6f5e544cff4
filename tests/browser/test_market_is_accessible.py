"""The public pages of applying and of the market break no rule of WCAG 2.2 AA that axe knows."""

from typing import Any

import pytest

from techfair.accounts import people
from techfair.accounts.models import User
from techfair.exhibitors import applications, companies, needs, technologies
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(fair: Fair, organizer: User) -> list[str]:
    """The pages of a fair with one exhibitor that offers one technology."""
    user = people.person("van@dai-nguyen.example.vn", "Võ Thanh Vân")
    company = companies.create(user, ["food"], name_vi="Công ty Đại Nguyên", contact_email=user.email)
    application = applications.start(fair, company, user, exhibits="Máy sấy")
    applications.submit(application, user)
    applications.approve(application, organizer)
    for level, sector in ((7, "food"), (9, "mech")):  # so that there is something to narrow by
        values = {"title_vi": "Máy sấy", "summary_vi": "Sấy", "readiness": level, "transfer_forms": ["licence"]}
        technology = technologies.create(company, user, [sector], **values)
        technologies.publish(technology, user)
    told = {"title_vi": "Hạt bị mốc", "problem_vi": "Chưa có máy sấy", "wanted_result_vi": "Khô"}
    need = needs.create(company, user, ["food"], lowest_readiness=8, **told)
    needs.publish(need, user)
    pages = ["apply", "exhibitors", f"exhibitors/{company.public_ref}", "needs", "technologies"]
    pages += ["technologies?q=khong+co", f"technologies/{technology.public_ref}", f"needs/{need.public_ref}"]
    pages += ["technologies?q=may+say&readiness=7"]
    db.session.commit()
    return [f"/fairs/gia-lai/{page}" for page in pages]


def test_axe_finds_nothing_on_a_phone(addresses: list[str], phone: Any) -> None:
    for address in addresses:
        phone.goto(address)
        assert (address, faults(phone)) == (address, [])


def test_axe_finds_nothing_on_a_desk(addresses: list[str], page: Any) -> None:
    for address in addresses[-3:]:
        page.goto(address)
        assert (address, faults(page)) == (address, [])


def test_a_list_is_narrowed_on_a_phone(addresses: list[str], phone: Any) -> None:
    phone.goto("/fairs/gia-lai/technologies?q=may+say")
    phone.get_by_text("Thu hẹp danh sách").click()
    phone.get_by_role("link", name="Mức 7/9 1").click()
    assert phone.locator(".card").count() == 1
    phone.get_by_role("link", name="Mức 7/9 Bỏ lựa chọn này").click()
    assert phone.locator(".card").count() == 2


def test_axe_finds_nothing_on_a_refused_application(addresses: list[str], page: Any) -> None:
    page.goto(addresses[0])
    page.get_by_role("button", name="Nộp hồ sơ").click()
    assert page.title().startswith("Lỗi:")
    assert page.evaluate("document.activeElement.className") == "summary-of-errors"
    assert faults(page) == []

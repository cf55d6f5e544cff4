"""An application moves step by step, and each step tells the company in its language."""

from collections.abc import Callable

import pytest

from techfair.accounts.models import User
from techfair.core import audit
from techfair.core.errors import StepSkipped
from techfair.core.mail import Mail
from techfair.exhibitors import applications, booths, companies
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

Mails = Callable[[], list[Mail]]


def test_a_company_is_told_in_its_language_that_its_application_arrived(application: Application, mails: Mails) -> None:
    (letter,) = mails()
    assert "Đã nhận hồ sơ" in letter.subject
    assert "/sign-in/link/" in letter.text


def test_an_english_company_gets_english_letters(
    fair: Fair, make_company: Callable[..., Company], manager: User, mails: Mails
) -> None:
    company = make_company("Seoul Machines", language="en", country="KR")
    applications.submit(applications.start(fair, company, manager, exhibits="Dryers"), manager)
    (letter,) = mails()
    assert letter.subject == "We have received the application of Seoul Machines"


def test_approval_names_the_booth_in_the_letter_and_in_the_log(
    application: Application, booth: Booth, organizer: User, mails: Mails
) -> None:
    exhibitor = applications.approve(application, organizer, booth=booth)
    assert booths.codes(booths.held_by(exhibitor.id)) == ["A01"]
    assert "A01" in mails()[-1].text
    assert audit.of(application, limit=1)[0].action == "application.approved"


def test_a_return_says_why_and_lets_the_company_submit_again(
    application: Application, organizer: User, manager: User, mails: Mails
) -> None:
    applications.return_(application, organizer, "Thiếu bản mô tả sản phẩm")
    assert "Thiếu bản mô tả sản phẩm" in mails()[-1].text
    applications.submit(application, manager)
    assert application.state == "submitted"


@pytest.mark.parametrize("deed", [applications.return_, applications.decline])
def test_a_refusal_without_a_reason_is_not_taken(
    application: Application, organizer: User, deed: Callable[..., None]
) -> None:
    with pytest.raises(applications.ReasonMissing):
        deed(application, organizer, "  ")


def test_nothing_skips_a_state(application: Application, organizer: User) -> None:
    applications.decline(application, organizer, "Ngoài lĩnh vực")
    with pytest.raises(StepSkipped):
        applications.approve(application, organizer)


def test_withdrawing_frees_the_booth(application: Application, booth: Booth, organizer: User, manager: User) -> None:
    exhibitor = applications.approve(application, organizer, booth=booth)
    applications.withdraw(application, manager)
    assert booths.free(application.fair_id) == [booth]
    assert not exhibitor.is_active


def test_a_company_applies_again_after_a_final_state(
    application: Application, organizer: User, manager: User, fair: Fair, company: Company
) -> None:
    applications.decline(application, organizer, "Hết chỗ")
    second = applications.start(fair, company, manager, exhibits="Máy sấy")
    assert second.id != application.id


def test_the_database_refuses_a_second_open_application(
    application: Application, fair: Fair, company: Company, manager: User
) -> None:
    with pytest.raises(applications.ApplicationOpen):
        applications.start(fair, company, manager, exhibits="Máy sấy")


def test_the_database_refuses_the_same_form_twice(
    fair: Fair, make_company: Callable[..., Company], manager: User
) -> None:
    applications.start(fair, make_company("Một"), manager, exhibits="", form_token="t")
    with pytest.raises(applications.ApplicationOpen):
        applications.start(fair, make_company("Hai"), manager, exhibits="", form_token="t")


def test_the_exhibitor_of_a_user_is_found_while_it_takes_part(exhibitor: Exhibitor, manager: User, fair: Fair) -> None:
    assert companies.exhibitor_of(manager, fair) is exhibitor
    exhibitor.is_active = False
    db.session.flush()
    assert companies.exhibitor_of(manager, fair) is None

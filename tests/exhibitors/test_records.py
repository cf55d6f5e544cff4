"""Technologies and needs: a draft says little, a published one enough, and none is silently undone."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core import access
from techfair.core.errors import ChangedMeanwhile, StepSkipped
from techfair.exhibitors import needs, technologies
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.exhibitors.records import RecordIncomplete
from techfair.extensions import db


@pytest.fixture
def technology(company: Company, manager: User) -> Technology:
    technology = technologies.create(
        company,
        manager,
        ["food"],
        title_vi="Máy sấy cà phê",
        title_en="Coffee dryer",
        summary_vi="Sấy 6 tấn một mẻ",
        keywords_vi=["trống quay"],
        readiness=9,
        transfer_forms=["licence"],
    )
    db.session.commit()
    return technology


@pytest.mark.parametrize("word", ["may say", "coffee", "6 tan", "trong quay"])
def test_it_is_found_by_title_summary_and_keywords_of_both_languages(technology: Technology, word: str) -> None:
    assert word in technology.search_key


def test_a_draft_is_its_company_s_alone_until_it_is_published(
    technology: Technology, manager: User, organizer: User
) -> None:
    assert access.may(manager, technology, "edit")
    assert not access.may(organizer, technology, "see")
    technologies.publish(technology, manager)
    assert access.may(organizer, technology, "see")
    assert not access.may(organizer, technology, "edit")


def test_publishing_names_what_is_missing(company: Company, manager: User) -> None:
    technology = technologies.create(company, manager, [], title_vi="Máy sấy")
    with pytest.raises(RecordIncomplete) as refusal:
        technologies.publish(technology, manager)
    assert refusal.value.missing == ["summary_vi", "readiness", "transfer_forms", "sectors"]


def test_a_published_one_is_taken_out_and_shown_again(technology: Technology, manager: User) -> None:
    technologies.publish(technology, manager)
    first = technology.published_at
    technologies.archive(technology, manager)
    with pytest.raises(StepSkipped):
        technologies.archive(technology, manager)
    technologies.publish(technology, manager)
    assert technology.published_at == first


def test_saving_over_a_newer_version_is_refused(technology: Technology, manager: User) -> None:
    opened = technology.version
    technologies.change(technology, manager, opened, ["food"], title_vi="Máy sấy trống quay")
    with pytest.raises(ChangedMeanwhile):
        technologies.change(technology, manager, opened, ["food"], readiness=8)


@pytest.mark.parametrize(
    "wrong", [{"readiness": 10}, {"price_low": -1, "price_high": 5}, {"price_low": 5, "price_high": 4}]
)
def test_the_database_refuses_levels_and_prices_that_cannot_be(company: Company, wrong: dict[str, int]) -> None:
    db.session.add(Technology(company_id=company.id, public_ref="x", title_vi="X", **wrong))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_need_is_published_once_it_says_enough(company: Company, manager: User) -> None:
    need = needs.create(company, manager, ["food"], title_vi="Hạt bị mốc", deadline_on=date(2026, 12, 1))
    with pytest.raises(RecordIncomplete):
        needs.publish(need, manager)
    needs.change(need, manager, need.version, ["food"], problem_vi="Mưa", wanted_result_vi="5 tấn một ngày")
    needs.publish(need, manager)
    assert need.state == "published"


def test_the_database_refuses_a_budget_upside_down(company: Company) -> None:
    db.session.add(Need(company_id=company.id, public_ref="x", title_vi="X", budget_low=5, budget_high=4))
    with pytest.raises(IntegrityError):
        db.session.flush()

"""One company for each tax code; of two who change it at once none undoes the other."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.core.errors import ChangedMeanwhile
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company
from techfair.extensions import db


def test_the_same_tax_code_makes_no_second_company(company: Company, make_company: Callable[..., Company]) -> None:
    with pytest.raises(companies.CompanyKnown):
        make_company("Công ty Khác", tax_code=company.tax_code)


def test_the_database_itself_refuses_a_tax_code_twice(company: Company) -> None:
    db.session.add(Company(name_vi="Khác", public_ref="khac", tax_code=company.tax_code))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_company_without_a_tax_code_does_not_clash_with_another(make_company: Callable[..., Company]) -> None:
    assert make_company("Seoul A", country="KR").id != make_company("Seoul B", country="KR").id


def test_saving_over_a_newer_version_is_refused(company: Company, manager: User) -> None:
    opened = company.version
    companies.change(company, manager, opened, address="Pleiku")
    db.session.commit()
    with pytest.raises(ChangedMeanwhile):
        companies.change(company, manager, opened, address="Hà Nội")


def test_a_change_of_sectors_alone_makes_a_new_version(company: Company, manager: User) -> None:
    opened = company.version
    assert companies.change(company, manager, opened, ["food", "mech"]) == ["sectors"]
    assert company.version == opened + 1


def test_a_save_in_the_same_moment_is_told(company: Company, manager: User) -> None:
    version = company.version
    db.session.execute(
        update(Company).where(Company.id == company.id).values(version=version + 1),
        execution_options={"synchronize_session": False},
    )
    with pytest.raises(ChangedMeanwhile):
        companies.change(company, manager, version, address="Hà Nội")


def test_nothing_changed_leaves_the_version(company: Company, manager: User) -> None:
    opened = company.version
    assert companies.change(company, manager, opened, ["food"], name_vi=company.name_vi) == []
    assert company.version == opened

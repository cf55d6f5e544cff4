"""Words find records without accents, in any order; signs are letters or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from techfair.exhibitors import searching
from techfair.exhibitors.models import Company
from techfair.extensions import db

TERMS = (Path(__file__).parent.parent / "cases" / "search_terms.txt").read_text().splitlines()


def names(text: str) -> list[str]:
    found = searching.found(text, Company.search_key)
    order = searching.exact_first(text, Company.name_vi)
    return list(db.session.scalars(select(Company.name_vi).where(found).order_by(order, Company.id)))


@pytest.mark.parametrize("typed", ["dak lak", "đắk lắk", "ĐẮK LẮK", "Đắk Lắk", "lak dak"])
def test_dak_lak_is_found_however_it_is_typed(make_company: Callable[..., Company], typed: str) -> None:  # K051
    make_company("Hợp tác xã Đắk Lắk")
    assert names(typed) == ["Hợp tác xã Đắk Lắk"]


@pytest.mark.parametrize("typed", ["hmai", "h'mai", "h’mai"])
def test_an_apostrophe_is_no_letter(make_company: Callable[..., Company], typed: str) -> None:
    make_company("Hợp tác xã H'Mai")
    assert names(typed) == ["Hợp tác xã H'Mai"]


def test_what_is_typed_with_its_accents_comes_first(make_company: Callable[..., Company]) -> None:
    make_company("Dong Tam")
    make_company("Đông Tâm")
    assert names("đ") == ["Đông Tâm", "Dong Tam"]
    assert names("d") == ["Dong Tam", "Đông Tâm"]


def test_a_province_finds_its_companies(company: Company) -> None:
    assert names("gia lai") == [company.name_vi]


def test_percent_and_underscore_are_letters(make_company: Callable[..., Company]) -> None:
    make_company("Giảm 50% nước")
    make_company("Giảm 500 lít nước")
    assert names("50%") == ["Giảm 50% nước"]
    assert names("_") == []


@pytest.mark.parametrize("typed", TERMS)
def test_no_search_fails(company: Company, typed: str) -> None:
    assert isinstance(names(typed), list)


def test_a_ref_is_readable_and_plain_letters() -> None:
    assert searching.new_ref("Máy sấy cà phê Đắk Lắk 50%").startswith("may-say-ca-phe-dak-lak-")
    assert len(searching.new_ref("한국")) == 5

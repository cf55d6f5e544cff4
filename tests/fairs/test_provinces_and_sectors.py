"""Codes of provinces are read by date; sectors are named in the reader's language."""

from datetime import date

import pytest

from techfair.fairs import provinces, sectors

pytestmark = pytest.mark.same_everywhere


def test_there_were_63_provinces_and_are_34_since_july_2025() -> None:
    assert len(provinces.in_force(date(2019, 11, 24))) == 63
    assert len(provinces.in_force(date(2025, 6, 30))) == 63
    assert len(provinces.in_force(date(2025, 7, 1))) == 34


def test_a_code_names_another_province_after_the_merger() -> None:
    assert provinces.name_of("52", date(2019, 11, 24)) == "Bình Định"
    assert provinces.name_of("52", date(2025, 7, 1)) == "Gia Lai"


def test_an_unknown_code_stands_for_itself() -> None:
    assert provinces.name_of("00", date(2025, 7, 1)) == "00"


def test_a_sector_has_a_name_in_both_languages() -> None:
    assert all(sector.vi and sector.en for sector in sectors.all_sectors())
    assert sectors.by_key()["food"].en == "Food processing and preservation"

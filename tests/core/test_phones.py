import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.phones import PhoneRefused, parse_phone, show_phone

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "phones.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("row", [row for row in ROWS if row["right"]], ids=lambda row: row["why"])
def test_every_spelling_is_stored_as_one_number(row):
    assert parse_phone(row["typed"]) == row["right"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12345", "too_short"),
        ("0844 000 531 000", "too_long"),
        ("0269 3800 531 ext 12", "too_long"),
        ("0144 000 531", "not_in_use"),
        ("gọi cho tôi", "not_a_number"),
        ("  ", "empty"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed, reason):
    with pytest.raises(PhoneRefused) as refused:
        parse_phone(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize("typed", ["01640000531", "0164 000 0531", "+84 164 000 0531", "841640000531", "1640000531"])
def test_an_eleven_digit_mobile_is_refused_and_its_new_number_offered(typed):
    with pytest.raises(PhoneRefused) as refused:
        parse_phone(typed)
    assert (refused.value.reason, refused.value.offered) == ("eleven_digits", "0340000531")
    assert "0340000531" in str(refused.value)


def test_a_number_is_shown_as_its_country_writes_it():
    assert show_phone("+84844000531") == "0844 000 531"
    assert show_phone("+8223123456") == "+82 2-312-3456"


def test_a_foreign_number_keeps_its_country():
    assert parse_phone("+82 2-312-3456") == "+8223123456"


@given(some.sampled_from([3, 5, 7, 8, 9]), some.integers(0, 99_999_999))
def test_a_shown_number_reads_back(first, rest):
    typed = f"0{first}{rest:08}"
    try:
        number = parse_phone(typed)
    except PhoneRefused:
        return
    assert parse_phone(show_phone(number)) == number == "+84" + typed[1:]

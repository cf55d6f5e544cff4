import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.exhibitors.tax_code import TaxCodeRefused, parse_tax_code, with_lost_zero

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "cases" / "tax_codes.csv").open(encoding="utf-8")))
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def check_digit(nine):
    return 10 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True)) % 11


def reason_of(typed):
    with pytest.raises(TaxCodeRefused) as refused:
        parse_tax_code(typed)
    return refused.value.reason


@pytest.mark.parametrize("row", [row for row in ROWS if row["right"]], ids=lambda row: row["why"])
def test_a_code_is_stored_in_its_one_form(row):  # K047
    assert parse_tax_code(row["typed"]) == row["right"]


@pytest.mark.parametrize("row", [row for row in ROWS if not row["right"]], ids=lambda row: row["why"])
def test_a_wrong_code_is_refused(row):  # K047
    assert reason_of(row["typed"])


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("9900000144", "check_digit"),
        ("9900000070", "no_check_digit"),
        ("9900000111-01", "branch"),
        ("9900000111-000", "branch"),
        ("990000011", "nine_digits"),
        ("99000001112", "length"),
        ("99000A0111", "not_digits"),
        ("MST: ", "empty"),
    ],
)
def test_a_refusal_says_what_is_wrong(typed, reason):
    assert reason_of(typed) == reason


def test_nine_digits_are_offered_with_the_zero_that_the_check_digit_proves():
    with pytest.raises(TaxCodeRefused) as refused:
        parse_tax_code("100233488")
    assert refused.value.offered == "0100233488"
    assert "spreadsheet" in str(refused.value)


def test_a_zero_is_not_put_back_where_nothing_proves_it():
    assert with_lost_zero("990000012") is None
    assert with_lost_zero("99099000001") is None


@given(some.text(alphabet="0123456789", min_size=9, max_size=9))
def test_exactly_one_tenth_digit_is_right_or_none(nine):
    taken = [digit for digit in range(10) if is_taken(f"{nine}{digit}")]
    assert taken == ([check_digit(nine)] if check_digit(nine) < 10 else [])


@given(some.text(alphabet="0123456789-. MST:–", max_size=16))
def test_what_is_stored_is_read_again_as_itself(typed):
    if is_taken(typed):
        assert parse_tax_code(parse_tax_code(typed)) == parse_tax_code(typed)


def is_taken(typed):
    try:
        return bool(parse_tax_code(typed))
    except TaxCodeRefused:
        return False

"""Rows of booths as people write them."""

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from techfair.fairs.booth_codes import CodesRefused, expand

pytestmark = pytest.mark.same_everywhere


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A01", ["A01"]),
        ("a01, A02", ["A01", "A02"]),
        ("A01–A03", ["A01", "A02", "A03"]),
        ("A01-A03", ["A01", "A02", "A03"]),
        ("A01-03", ["A01", "A02", "A03"]),
        ("A-01", ["A-01"]),
        ("A-01 - A-03", ["A-01", "A-02", "A-03"]),
        ("8–11", ["8", "9", "10", "11"]),
        ("A01; A01\nĐ1", ["A01", "Đ1"]),
        ("NGOÀI", None),
    ],
)
def test_texts_and_the_booths_they_name(text: str, codes: list[str] | None) -> None:
    if codes is None:
        with pytest.raises(CodesRefused):
            expand(text)
    else:
        assert expand(text) == codes


@given(sampled_from(["", "A", "NT", "B-"]), integers(1, 99), integers(0, 150))
def test_a_row_names_each_number_from_end_to_end_once(prefix: str, first: int, more: int) -> None:
    codes = expand(f"{prefix}{first:03}–{prefix}{first + more:03}")
    assert codes == [f"{prefix}{number:03}" for number in range(first, first + more + 1)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "not_a_code"), ("A 1", "not_a_code"), ("A9–A1", "backwards"), ("A1–B9", "mixed"), ("A1–A900", "too_many")],
)
def test_why_a_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CodesRefused) as refused:
        expand(text)
    assert refused.value.reason == reason

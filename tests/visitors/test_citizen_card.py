import traceback
from pathlib import Path
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.visitors.citizen_card import CardRefused, name_on_card

LINES = (Path(__file__).parents[1] / "cases" / "cccd_qr.txt").read_text(encoding="utf-8").split("\n")
CARDS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("note", "code", "name"), CARDS)
def test_the_name_is_read_and_composed(note, code, name):
    read = name_on_card(code.replace("\\r", "\r"))
    assert read == name.removesuffix(" (NFC)")
    assert is_normalized("NFC", read)


@pytest.mark.parametrize(
    "code", ["", "Trần Văn Thử", "https://example.vn/a|b|c", "099099000001|Trần", "099099000001||||||"]
)
def test_another_code_is_refused(code):
    with pytest.raises(CardRefused):
        name_on_card(code)


def test_a_refusal_repeats_nothing_of_the_card():
    with pytest.raises(CardRefused) as refused:
        name_on_card("099099000001|990000001|")
    assert "0990" not in "".join(traceback.format_exception_only(refused.value))


@given(some.text())
def test_whatever_is_scanned_gives_a_name_or_a_refusal(text):
    try:
        assert name_on_card(text)
    except CardRefused as refused:
        assert refused.reason == "not_a_citizen_card"  # noqa: PT017

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.visitors.read_code import CodeRead, plain_code, read_code

CASES = Path(__file__).parents[1] / "cases"
SUFFIXES = json.loads((CASES / "wedge_suffixes.json").read_text(encoding="utf-8"))
TELEX = list(csv.DictReader((CASES / "wedge_telex.tsv").open(encoding="utf-8"), delimiter="\t"))
VECTORS = json.loads((Path(__file__).parent / "badge_token_vectors.json").read_text(encoding="utf-8"))
TOKEN = VECTORS["valid"][0]["token"]
URL = f"HTTPS://FAIR.EXAMPLE.VN/B/{TOKEN}"


@pytest.mark.parametrize("row", SUFFIXES, ids=lambda row: row["scanner sends"])
def test_what_a_scanner_puts_around_a_code_is_taken_off(row):
    assert plain_code(row["received"]) == row["code"]


@pytest.mark.parametrize("row", SUFFIXES, ids=lambda row: row["scanner sends"])
def test_a_token_is_read_whatever_the_scanner_puts_around_it(row):
    assert read_code(row["received"].replace(row["code"], URL)) == CodeRead("token", TOKEN)


@pytest.mark.parametrize(
    "received",
    [
        TOKEN,
        TOKEN.lower(),
        URL,
        URL.lower(),
        URL + "/",
        URL + "?UTM=ZALO#TOP",
        f"http://127.0.0.1:8000/b/{TOKEN}",
        f"FAIR.EXAMPLE.VN/B/{TOKEN}",
        f"https://example.vn/fair/b/{TOKEN}",
        "".join(chr(ord(sign) + 0xFEE0) for sign in TOKEN),
    ],
    ids=["bare", "lower", "url", "lower url", "slash", "query", "local", "no scheme", "path", "full width"],
)
def test_a_token_is_read_from_an_address_or_bare(received):
    assert read_code(received) == CodeRead("token", TOKEN)


@pytest.mark.parametrize("row", TELEX, ids=["address", "bare"])
def test_a_code_damaged_by_vietnamese_typing_is_told_apart(row):
    assert read_code(row["arrives in the field"]) == CodeRead("vietnamese_typing")


@pytest.mark.parametrize("received", ["", "\r", "\r\n", "\t", " ", "\x02\x03", "]Q1\r"])
def test_a_second_return_is_no_scan(received):
    assert read_code(received) == CodeRead("empty")


@pytest.mark.parametrize(
    "received",
    [
        "https://example.vn/",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN[:50] + "_" + TOKEN[51:],
        "8936000000000",
        "WIFI:S:FAIR;;",
        "//[B/",
        "삼성",
    ],
)
def test_another_code_is_no_badge(received):
    assert read_code(received) == CodeRead("other")


@given(some.text())
def test_whatever_arrives_has_an_outcome(received):
    assert read_code(received).outcome in {"empty", "other", "vietnamese_typing"}

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from techfair.core.number_words import DIGITS, in_words, in_words_en, spell_amount

CASES = Path(__file__).parents[1] / "cases" / "amounts_in_words.csv"
ROWS = list(csv.reader(CASES.open(encoding="utf-8")))[1:]
# Numbers where the words change: round ones, and ones beside them.
EDGES = some.builds(lambda power, step: max(0, 10**power + step), some.integers(0, 15), some.integers(-111, 111))


def read_vi(words):
    """The number that Vietnamese words say, by the reader's own grammar."""
    if "tỷ" in words:
        billions, _, rest = words.rpartition("tỷ")
        return read_vi(billions) * 10**9 + read_vi(rest)
    total = 0
    for name, scale in (("triệu", 10**6), ("nghìn", 10**3)):
        group, found, rest = words.partition(name)
        if found:
            total, words = total + read_group(group) * scale, rest
    return total + read_group(words)


def read_group(words):
    digits = dict(zip([*DIGITS, "mốt", "lăm"], [*range(10), 1, 5], strict=True))
    number = 0
    for word in words.split():
        match word:
            case "trăm":
                number *= 100
            case "mươi":
                number = number // 100 * 100 + number % 100 * 10
            case "mười":
                number += 10
            case "lẻ":
                pass
            case _:
                number += digits[word]
    return number


def read_en(words):
    scales = {
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "quadrillion": 10**15,
    }
    small = {in_words_en(number): number for number in range(100)}
    total = group = 0
    for word in words.split():
        if word == "hundred":
            group *= 100
        elif word in scales:
            total, group = total + group * scales[word], 0
        else:
            group += small[word]
    return total + group


@pytest.mark.parametrize(("amount", "words"), ROWS)
def test_an_amount_is_written_as_in_the_file(amount, words):
    assert in_words(int(amount)) == words


@given(some.integers(0, 10**15) | EDGES)
@example(1_000_005_000_000_005)
def test_the_words_read_back_give_the_number(number):
    assert read_vi(in_words(number)) == number


@given(some.integers(0, 10**15) | EDGES)
def test_the_english_words_read_back_give_the_number(number):
    assert read_en(in_words_en(number)) == number


def test_every_small_number_reads_back():
    numbers = [*range(2_000), *range(999_000, 1_002_000)]
    assert [read_vi(in_words(number)) for number in numbers] == numbers
    assert [read_en(in_words_en(number)) for number in numbers] == numbers


def test_a_document_spells_the_amount_with_its_currency():
    assert spell_amount(19_928 * 10**9) == "Mười chín nghìn chín trăm hai mươi tám tỷ đồng"
    assert spell_amount(21, "USD", "en") == "Twenty-one US dollars"
    assert spell_amount(-5) == "Âm năm đồng"

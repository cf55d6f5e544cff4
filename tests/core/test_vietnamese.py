import csv
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.refusal import InputRefused
from techfair.core.vietnamese import clean_line, clean_text, nfc, reading_key, search_key, sort_key

CASES = Path(__file__).parents[1] / "cases"
NAMES = [row["full name"] for row in csv.DictReader((CASES / "names.csv").open(encoding="utf-8"))]
TERMS = (CASES / "search_terms.txt").read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_typed_in_composed_letters(name):
    assert clean_line(name) == normalize("NFC", name)


def test_a_control_character_is_dropped_and_line_breaks_stay():
    assert clean_text(" một\x0bhai\r\nba\x07\x1b bốn\tnăm\n") == "một\nhai\nba bốn năm"


def test_a_name_cannot_turn_the_text_around_it():
    assert clean_line("Trần\u202e Văn\u200b Tùng") == "Trần Văn Tùng"


def test_the_null_character_is_refused():
    with pytest.raises(InputRefused) as refused:
        clean_text("a\x00b")
    assert refused.value.reason == "null_character"


def test_every_spelling_of_dak_lak_has_one_key():
    assert {search_key(term) for term in TERMS[:4]} == {"dak lak"}


def test_every_apostrophe_of_hmai_has_one_key():
    assert {search_key(term) for term in ["hmai", "h'mai", "h’mai", "H‘MAI", "H´Mai", "HʼMai", "h`mai"]} == {"hmai"}


def test_marks_stacked_on_a_letter_all_fall_off():
    assert search_key("Ắ ấ Ế ố ớ Ữ Ð Ɖ") == "a a e o o u d d"


def test_joined_and_separate_words_are_found_by_one_key():
    assert search_key("cà-phê; Cà  Phê") == "ca phe ca phe"


def test_signs_that_carry_meaning_stay_in_the_key():
    assert search_key("C++, C#, 50% (４Ｇ)") == "c++ c# 50% 4g"


def test_hangul_and_han_stay_whole():
    assert search_key("김민수 王小明") == "김민수 王小明"


@given(some.text())
def test_a_key_is_its_own_key_whatever_the_text(text):
    assert search_key(search_key(text)) == search_key(text)


@given(some.text(alphabet=some.sampled_from("aăâđêôơưĐẮỄỞ'’ -́̀김z９")))
def test_both_normal_forms_have_one_key(text):
    assert search_key(normalize("NFD", text)) == search_key(normalize("NFC", text))


@given(some.text().filter(lambda text: "\x00" not in text))
def test_cleaned_text_is_clean(text):
    assert clean_text(clean_text(text)) == clean_text(text) == nfc(clean_text(text))


IN_ORDER = """Bùi An, Trần An, Lê Ân, Y Bia, Võ Dũng, Vũ Dung Đa, Lê Văn Đức, H’Mai, Nguyễn Thị Ma,
Nguyễn Thị Mà, Nguyễn Thị Mả, Nguyễn Thị Mã, Nguyễn Thị Má, Nguyễn Thị Mạ, Trần Mai, Hoàng Oanh, Lê Ô,
Lê Ơ, Trần Tú, Lê Tư, Đỗ Yến, 김민수"""


def test_names_are_in_the_order_of_a_vietnamese_list():
    in_order = [name.strip() for name in IN_ORDER.split(",")]
    assert sorted(set(in_order), key=sort_key) == in_order


def test_family_names_break_the_tie_of_given_names():
    assert sorted(["Lý Văn Bình", "Đỗ Bình", "Dương Bình", "Ý Bình", "Bình"], key=sort_key) == [
        "Bình",
        "Dương Bình",
        "Đỗ Bình",
        "Lý Văn Bình",
        "Ý Bình",
    ]


def test_letters_decide_before_tones():
    assert sorted(["Hoà", "Hoan", "Hoạ"], key=sort_key) == ["Hoà", "Hoạ", "Hoan"]


@given(some.text())
def test_a_sort_key_is_of_digits_so_that_all_collations_agree(name):
    assert set(sort_key(name)) <= set("0123456789")


@given(some.lists(some.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy", max_size=6), min_size=2, max_size=2))
def test_toneless_words_are_ordered_by_the_vietnamese_alphabet(words):
    def by_letters(word):
        return ["aăâbcdđeêghiklmnoôơpqrstuưvxy".index(letter) for letter in word]

    assert sorted(words, key=sort_key) == sorted(words, key=by_letters)


def test_companies_and_people_among_one_another_are_in_the_order_of_the_vietnamese_alphabet() -> None:
    in_order = ["Cà Ngừ", "Cao Công Danh", "Chao Phraya", "Chăn nuôi Xanh", "Chè Sương Núi", "Chen Zhiyuan", "Đăk Lăk"]
    assert sorted(sorted(in_order), key=reading_key) == in_order

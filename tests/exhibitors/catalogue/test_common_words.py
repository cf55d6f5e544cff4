"""What two records both name: whole words and no halves, written the same, in one clause."""

import pytest

from techfair.exhibitors.catalogue.common_words import both_name

pytestmark = pytest.mark.same_everywhere

CASES = [
    # Two words that a comma parts are no third one.
    ("Sấy cà phê, tiêu và điều", "Trồng cà phê, tiêu ở Chư Sê", ["cà phê"]),
    # As long as both say the same, not by pairs of syllables.
    ("Giàn không gian cho kết cấu thép", "Thợ hàn kết cấu thép", ["kết cấu thép"]),
    # With other accents it is another word.
    ("Một máy thay ba lao động", "Nhìn thấy bã còn ướt", []),
    # What names nothing goes from the ends, and measures do not count.
    ("Dùng cho chanh dây trong 30 ngày", "Kho lạnh cho chanh dây trong ba ngày", ["chanh dây"]),
    # The name of a place keeps its capitals.
    ("Vườn chanh dây ở Mang Yang", "Nhà kính tại Mang Yang", ["Mang Yang"]),
    # A syllable alone is a thing only where it is a whole name.
    ("Xử lý nước", "Quản lý trại", []),
]


@pytest.mark.parametrize(("mine", "theirs", "named"), CASES)
def test_both_name_whole_things(mine: str, theirs: str, named: list[str]) -> None:
    assert both_name([mine], [theirs], [mine], []) == named


def test_a_word_alone_counts_where_a_record_is_named_by_it() -> None:
    assert both_name(["Ủ chín bơ", "bơ"], ["Trái bơ nhũn"], ["Ủ chín bơ", "bơ"], []) == ["bơ"]
    assert both_name(["Cold storage that keeps avocado"], ["She sells avocado"], ["Avocado store"], []) == ["avocado"]


def test_what_a_record_is_named_by_comes_first_then_what_tells_most() -> None:
    mine, theirs = ["Lò hơi đốt vỏ trấu; nhà máy, nước thải"], ["Nước thải của nhà máy; lò hơi cũ"]
    assert both_name(mine, theirs, ["Lò hơi"], ["nuoc thai", "nha may"]) == ["lò hơi", "nước thải", "nhà máy"]

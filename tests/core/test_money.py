import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.money import AmountRefused, format_amount, parse_amount

PROJECTS = 19_928 * 10**9
AMOUNTS = some.integers(0, 10**15) | some.builds(
    lambda digits, power: digits * 10**power, some.integers(0, 9999), some.integers(0, 11)
)


def read_or_understood(typed, locale):
    try:
        return parse_amount(typed, locale)
    except AmountRefused as refused:
        return refused.understood


def test_the_fair_s_investment_in_both_languages():
    assert format_amount(PROJECTS) == "19.928 tỷ đồng"
    assert format_amount(PROJECTS, locale="en") == "VND 19,928 billion"


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (0, "0 đồng", "VND 0"),
        (5_500_000, "5,5 triệu đồng", "VND 5.5 million"),
        (500_000_000_000, "500 tỷ đồng", "VND 500 billion"),
        (1_250_000_000, "1,25 tỷ đồng", "VND 1.25 billion"),
        (1_234_000_000, "1.234 triệu đồng", "VND 1,234 million"),
        (1_234_567_890, "1.234.567.890 đồng", "VND 1,234,567,890"),
        (-2_000_000, "-2 triệu đồng", "VND -2 million"),
    ],
)
def test_the_short_style_never_loses_a_digit(amount, vi, en):
    assert (format_amount(amount), format_amount(amount, locale="en")) == (vi, en)


def test_the_long_style_writes_every_digit():
    assert format_amount(PROJECTS, style="long") == "19.928.000.000.000 đồng"
    assert format_amount(1_500_000, "USD", "en", "long") == "USD 1,500,000"
    assert format_amount(1_500_000, "USD", "vi") == "1,5 triệu USD"


@given(
    AMOUNTS,
    some.sampled_from(["vi", "en"]),
    some.sampled_from(["short", "long"]),
    some.sampled_from(["VND", "USD"]),
)
def test_what_is_shown_can_be_typed(amount, locale, style, currency):
    assert parse_amount(format_amount(amount, currency, locale, style), locale, currency) == amount


@given(AMOUNTS, some.sampled_from(["vi", "en"]), some.sampled_from(["short", "long"]))
def test_what_is_shown_in_one_language_is_never_misread_in_the_other(amount, locale, style):
    other = {"vi": "en", "en": "vi"}[locale]
    assert read_or_understood(format_amount(amount, "VND", locale, style), other) == amount


@pytest.mark.parametrize(
    ("typed", "locale", "amount"),
    [
        ("19.928 tỷ đồng", "vi", PROJECTS),
        ("19.928 TỶ", "vi", PROJECTS),
        ("19928 ty dong", "vi", PROJECTS),
        ("19 928 tỉ", "vi", PROJECTS),
        ("19,928 billion", "en", PROJECTS),
        ("VND 19,928bn", "en", PROJECTS),
        ("500 triệu", "vi", 500_000_000),
        ("500 triệu", "en", 500_000_000),
        ("500 million", "vi", 500_000_000),
        ("1 tỷ 200 triệu", "vi", 1_200_000_000),
        ("2 nghìn tỷ", "vi", 2 * 10**12),
        ("0,125 tỷ", "vi", 125_000_000),
        ("5.500.000đ", "vi", 5_500_000),
        ("５５００ ₫", "vi", 5_500),
        ("1 000 000", "en", 1_000_000),
        ("$1.5m", "en", 1_500_000),
    ],
)
def test_an_amount_is_read_in_the_manner_of_its_language(typed, locale, amount):
    assert parse_amount(typed, locale, "USD" if "$" in typed else "VND") == amount


@pytest.mark.parametrize(
    ("typed", "locale", "understood"),
    [
        ("19.928 tỷ đồng", "en", PROJECTS),
        ("19,928 billion", "vi", PROJECTS),
        ("19.928 billion", "vi", 19_928 * 10**6 * 1000),
        ("19,928 tỷ", "vi", PROJECTS),
        ("500,000", "vi", 500_000),
        ("500.000", "en", 500_000),
        ("1.5 tỷ", "vi", 1_500_000_000),
        ("1,5 tỷ", "en", 1_500_000_000),
        ("1,234,567", "vi", 1_234_567),
    ],
)
def test_separators_of_the_other_language_are_refused_with_what_was_understood(typed, locale, understood):
    with pytest.raises(AmountRefused) as refused:
        parse_amount(typed, locale)
    assert (refused.value.reason, refused.value.understood) == ("other_separators", understood)
    assert format_amount(understood, locale=locale) in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        (" đồng ", "empty"),
        ("nhiều", "not_understood"),
        ("12 con gà", "not_understood"),
        ("1.23.456", "not_understood"),
        ("-5 triệu", "not_understood"),
        ("1 tỷ 200", "not_understood"),
        ("1 triệu 2 tỷ", "not_understood"),
        ("1,5", "not_whole"),
        ("9999999999999 tỷ", "too_large"),
        ("5 triệu USD", "other_currency"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(typed, reason):
    with pytest.raises(AmountRefused) as refused:
        parse_amount(typed, "vi")
    assert refused.value.reason == reason


@given(some.text(alphabet="0123456789., tỷtriệubillionđ$-"), some.sampled_from(["vi", "en"]))
def test_whatever_is_typed_is_an_amount_or_refused(typed, locale):
    assert 0 <= (read_or_understood(typed, locale) or 0) < 10**18

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.formats import format_date, format_date_range, format_datetime, format_number, format_time

OPENING = datetime(2019, 11, 24, 18, 5, tzinfo=UTC)


def test_a_date_is_written_as_each_language_does():
    assert format_date(date(2019, 11, 4), "vi") == "04/11/2019"
    assert format_date(date(2019, 11, 4), "en") == "4 Nov 2019"


def test_a_moment_is_shown_by_the_clock_of_the_fair():
    assert format_datetime(OPENING, "Asia/Ho_Chi_Minh", "vi") == "01:05 25/11/2019"
    assert format_datetime(OPENING, "Asia/Ho_Chi_Minh", "en") == "25 Nov 2019, 01:05"
    assert format_time(OPENING, "Asia/Seoul", "en") == "03:05"


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        format_time(OPENING.replace(tzinfo=None), "Asia/Ho_Chi_Minh", "vi")


def test_numbers_are_grouped_as_each_language_does():
    assert (format_number(10412, "vi"), format_number(10412, "en")) == ("10.412", "10,412")
    assert (format_number(1234.5, "vi"), format_number(1234.5, "en")) == ("1.234,5", "1,234.5")


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        (date(2019, 11, 24), date(2019, 11, 26), "24–26/11/2019", "24–26 Nov 2019"),
        (date(2019, 11, 30), date(2019, 12, 2), "30/11 – 02/12/2019", "30 Nov – 2 Dec 2019"),
        (date(2019, 12, 30), date(2020, 1, 2), "30/12/2019 – 02/01/2020", "30 Dec 2019 – 2 Jan 2020"),
        (date(2019, 11, 24), date(2019, 11, 24), "24/11/2019", "24 Nov 2019"),
    ],
)
def test_a_range_says_once_what_both_days_share(first, last, vi, en):
    assert (format_date_range(first, last, "vi"), format_date_range(first, last, "en")) == (vi, en)


@given(some.dates(date(1000, 1, 1)))
def test_a_vietnamese_date_reads_back(day):
    assert datetime.strptime(format_date(day, "vi"), "%d/%m/%Y").date() == day  # noqa: DTZ007

"""Dates, times and numbers as people of each language read them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import dates, numbers

DATE = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
DAY_AND_MONTH = {"vi": "dd/MM", "en": "d MMM"}
DAY = {"vi": "dd", "en": "d"}


def format_date(value: date, locale: str) -> str:
    """24/11/2019 in Vietnamese, 24 Nov 2019 in English."""
    return _shown(value, DATE[locale], locale)


def format_time(value: datetime, zone: str, locale: str) -> str:
    """08:05, by the clock of ``zone``; ``value`` must know its own zone."""
    return f"{_local(value, zone):%H:%M}"


def format_datetime(value: datetime, zone: str, locale: str) -> str:
    """08:05 24/11/2019 in Vietnamese; 24 Nov 2019, 08:05 in English."""
    local = _local(value, zone)
    time, day = f"{local:%H:%M}", format_date(local.date(), locale)
    return f"{time} {day}" if locale == "vi" else f"{day}, {time}"


def format_number(value: float, locale: str) -> str:
    """1.234,5 in Vietnamese; 1,234.5 in English."""
    return str(numbers.format_decimal(value, locale=locale))


def format_decimal(value: Decimal, locale: str) -> str:
    """25.450,125 in Vietnamese; 25,450.125 in English: every digit, without zeros that say nothing."""
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return str(numbers.format_decimal(plain, format="#,##0.######", locale=locale))


def format_date_range(first: date, last: date, locale: str) -> str:
    """24–26/11/2019 or 24–26 Nov 2019: what both days share is said once."""
    if first == last:
        return format_date(first, locale)
    if first.year != last.year:
        return f"{format_date(first, locale)} – {format_date(last, locale)}"
    if first.month != last.month:
        return f"{_shown(first, DAY_AND_MONTH[locale], locale)} – {format_date(last, locale)}"
    return f"{_shown(first, DAY[locale], locale)}–{format_date(last, locale)}"


def _shown(value: date, pattern: str, locale: str) -> str:
    return str(dates.format_date(value, pattern, locale=locale))


def _local(value: datetime, zone: str) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return value.astimezone(ZoneInfo(zone))

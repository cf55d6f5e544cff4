"""Dates, times and numbers as people read them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import dates, numbers


def format_date(value: date, locale: str) -> str:
    return dates.format_date(value, "dd/MM/yyyy" if locale == "vi" else "d MMM yyyy", locale=locale)


def format_time(value: datetime, zone: str, locale: str) -> str:
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def format_datetime(value: datetime, zone: str, locale: str) -> str:
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {format_date(local.date(), locale)}"


def format_number(value: int, locale: str) -> str:
    return numbers.format_decimal(value, locale=locale)


def format_date_range(first: date, last: date, locale: str) -> str:
    return f"{format_date(first, locale)} – {format_date(last, locale)}"

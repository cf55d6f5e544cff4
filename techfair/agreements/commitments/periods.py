"""The half-years that promises are reported for: they end on 30 June and 31 December. Pure."""

from datetime import date, timedelta


def last_ended(day: date) -> date:
    """The last day of the half-year that was over on ``day``."""
    return date(day.year, 6, 30) if day.month > 6 else date(day.year - 1, 12, 31)


def next_asked(period_on: date) -> date:
    """The day on which parties are asked after this one."""
    following = date(period_on.year, 12, 31) if period_on.month == 6 else date(period_on.year + 1, 6, 30)
    return following + timedelta(days=1)

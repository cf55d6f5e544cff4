"""Promises as a spreadsheet to take along."""

from collections.abc import Iterable

from flask_babel import gettext as _

from techfair.agreements.commitments import words
from techfair.agreements.commitments.promises import LABELS, Promise
from techfair.core import formats
from techfair.core.languages import language
from techfair.core.spreadsheets import write_sheet


def of(promises: Iterable[Promise], title: str) -> bytes:
    """One row a promise; amounts are whole numbers of đồng, jobs or technologies, empty where they are hidden."""
    headings = [
        _("Document number"),
        _("Fair"),
        _("Parties"),
        _("Milestone"),
        _("What is counted"),
        _("Promised"),
        _("Realised, as accepted"),
        _("Due on"),
        _("Reached on"),
        _("State"),
        _("Sector"),
        _("Province"),
    ]
    return write_sheet(title, headings, [_row(one) for one in promises])


def _row(one: Promise) -> list[str | int]:
    planned, actual = one.milestone.planned, one.actual
    if one.is_hidden:
        planned = actual = None
    return [
        one.agreement.number,
        one.agreement.fair.name,
        "; ".join(party.name for party in one.agreement.parties),
        one.milestone.title,
        str(words.MEASURES[one.milestone.measure]),
        "" if planned is None else planned,
        "" if actual is None else actual,
        formats.format_date(one.milestone.due_on, language()),
        formats.format_date(one.reached_on, language()) if one.reached_on else "",
        str(words.PROMISE_STATES[one.state]),
        LABELS["sector"](one),
        one.province,
    ]

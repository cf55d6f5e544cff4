"""Promises as a spreadsheet to take along."""

from collections.abc import Iterable

from flask_babel import gettext as _

from techfair.agreements.commitments import words
from techfair.agreements.commitments.promises import LABELS, Promise
from techfair.agreements.deal.values import in_vnd
from techfair.core import formats
from techfair.core.languages import language
from techfair.core.spreadsheets import write_sheet


def of(promises: Iterable[Promise], title: str) -> bytes:
    """One row a promise; amounts are whole numbers of a currency, jobs or technologies, empty where they are hidden."""
    headings = [
        _("Document number"),
        _("Fair"),
        _("Parties"),
        _("Milestone"),
        _("What is counted"),
        _("Promised"),
        _("Realised, as accepted"),
        _("Currency"),
        _("Promised in đồng, at the agreed rate"),
        _("Due on"),
        _("Reached on"),
        _("State"),
        _("Sector"),
        _("Province"),
    ]
    return write_sheet(title, headings, [_row(one) for one in promises])


def _row(one: Promise) -> list[str | int]:
    promised = one.milestone
    planned, actual = promised.planned, one.actual
    if one.is_hidden:
        planned = actual = None
    is_capital = promised.measure == "capital"
    in_dong = in_vnd(planned, promised.currency or "VND", promised.rate) if is_capital else None
    return [
        one.agreement.number,
        one.agreement.fair.name,
        "; ".join(party.name for party in one.agreement.parties),
        promised.title,
        str(words.MEASURES[promised.measure]),
        "" if planned is None else planned,
        "" if actual is None else actual,
        (promised.currency or "VND") if is_capital else "",
        "" if in_dong is None else in_dong,
        formats.format_date(promised.due_on, language()),
        formats.format_date(one.reached_on, language()) if one.reached_on else "",
        str(words.PROMISE_STATES[one.state]),
        LABELS["sector"](one),
        one.province,
    ]

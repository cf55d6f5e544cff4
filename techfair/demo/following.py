"""What became of the 22 documents, made up: reports accepted, waiting, returned, and promises that nobody reported."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw
from sqlalchemy.orm import selectinload

from techfair.agreements.commitments import asking
from techfair.agreements.commitments.models import ProgressFile, ProgressLine, ProgressReport, ProgressRequest
from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement, Party
from techfair.extensions import db
from techfair.fairs.models import Fair

PERIODS = (date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31))
TENTHS = (10, 8, 6, 0, 10, 9, 4)  # of what was promised, one document after another; 0: nobody reports


def follow(fair: Fair) -> None:
    """Ask the parties of every document and let most of them answer, half a year after half a year."""
    chosen = db.select(Agreement).filter_by(fair_id=fair.id, state="completed").order_by(Agreement.number)
    options = (selectinload(Agreement.milestones), selectinload(Agreement.parties))
    evidence = _evidence()
    for number, agreement in enumerate(db.session.scalars(chosen.options(*options))):
        party, tenths = asking.promising(agreement)[0], TENTHS[number % len(TENTHS)]
        for period_on in PERIODS:
            reached = [one for one in agreement.milestones if one.due_on <= period_on]
            if not reached:
                continue
            _ask(agreement, party, period_on)
            if tenths:
                _report(agreement, party, period_on, [_line(one, tenths) for one in reached], number, evidence)
    db.session.flush()


def _ask(agreement: Agreement, party: Party, period_on: date) -> None:
    at = _noon(period_on, 1)
    asked = ProgressRequest(agreement_id=agreement.id, party_id=party.id, period_on=period_on, asked_at=at)
    db.session.add(asked)


def _line(milestone: Milestone, tenths: int) -> ProgressLine:
    actual = None if milestone.planned is None else milestone.planned * tenths // 10
    is_reached = tenths == 10 or milestone.measure == "step"
    return ProgressLine(
        milestone_id=milestone.id,
        actual=actual,
        reached_on=milestone.due_on - timedelta(days=9) if is_reached else None,
    )


def _report(
    agreement: Agreement, party: Party, period_on: date, lines: list[ProgressLine], number: int, evidence: Any
) -> None:
    """The last report of every third document waits, of every fourth it came back; all others are accepted."""
    state = "accepted"
    if period_on == PERIODS[-1]:
        state = "waiting" if number % 3 == 0 else "returned" if number % 4 == 1 else "accepted"
    db.session.add(
        ProgressReport(
            agreement_id=agreement.id,
            party_id=party.id,
            period_on=period_on,
            state=state,
            reporter=party.email,
            reported_at=_noon(period_on, 12),
            decided_at=None if state == "waiting" else _noon(period_on, 20),
            reason="Thiếu biên bản nghiệm thu có dấu." if state == "returned" else "",
            note="Số liệu minh họa của bản trình diễn.",
            lines=lines,
            files=[ProgressFile(name="bien-ban-nghiem-thu.png", **evidence)],
        )
    )


def _evidence() -> dict[str, Any]:
    """A picture of a paper that stands for all evidence."""
    paper = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(paper)
    for line in range(60, 520, 24):
        pen.line((50, line, 370 - line % 5 * 20, line), 120, 3)
    file = BytesIO()
    paper.save(file, "PNG")
    data = file.getvalue()
    return {"digest": current_app.extensions["files"].put(data), "media_type": "image/png", "size": len(data)}


def _noon(day: date, later: int) -> datetime:
    return datetime.combine(day + timedelta(days=later), time(5), UTC)

"""Counting ahead every minute, and once an hour against the scans themselves."""

from sqlalchemy import select

from techfair.core import jobs
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.tallies import folding


@jobs.every(minutes=1)
def fold_scans() -> None:
    for fair_id in _fairs():
        while folding.fold(fair_id):
            pass  # a great fair is counted in parts, between which gates go on


@jobs.every(minutes=60)
def check_tallies() -> None:
    for fair_id in _fairs():
        folding.check(fair_id)


def _fairs() -> list[int]:
    ids = list(db.session.scalars(select(Fair.id).order_by(Fair.id)))
    db.session.rollback()
    return ids

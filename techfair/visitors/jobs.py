"""The background jobs: badges printed, lists of people imported."""

from typing import Any

from flask import current_app

from techfair.core import audit
from techfair.core.jobs import Job, job
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import importing, printing
from techfair.visitors.printing import Order


@job("print_badges")
def print_badges(job: Job, order: dict[str, Any], file: str = "") -> None:
    """Make the PDF of a fair's badges and keep it under its digest; a second run makes it anew from that moment."""
    fair, wanted = db.session.get_one(Fair, job.fair_id), Order.model_validate(order)
    total = printing.count(fair, wanted)
    made = printing.print_all(fair, wanted, lambda done: job.progress(done, max(done, total)))
    if made is None:
        return
    job.arguments = {"order": order, "file": current_app.extensions["files"].put(made)}
    audit.record("badges.printed", fair, by="system", number=job.done, kinds=list(wanted.kinds))
    db.session.commit()


@job("import_people")
def import_people(job: Job, file: str, rows: list[int] | None = None) -> None:
    """Register the chosen rows of a stored list, all good ones by default; a second run adds nobody twice."""
    fair = db.session.get_one(Fair, job.fair_id)
    people = importing.chosen(importing.open_list(fair, file), rows)
    new, total = 0, len(people)
    for start in range(0, total, importing.CHUNK):
        part = people[start : start + importing.CHUNK]
        new += importing.register_all(fair, part)
        if not job.progress(start + len(part), total):
            break
    audit.record("people.imported", fair, by="system", number=new, file=file)
    db.session.commit()

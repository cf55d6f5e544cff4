"""Reminders of what is due soon or late: one mail a day at most, with all of it, and none once it is done."""

from datetime import date, timedelta

from sqlalchemy import select

from techfair.core import clock, jobs
from techfair.core.database import insert_new
from techfair.exhibitors.preparing import letters, progress
from techfair.exhibitors.preparing.models import PreparationDue, PreparationReminder
from techfair.exhibitors.preparing.tasks import Item
from techfair.extensions import db
from techfair.fairs.models import Fair

DAYS_BEFORE = (7, 2, 0)
DAYS_AFTER = 3  # late: reminded of it every third day


def wants_reminder(item: Item, today: date) -> bool:
    """Whether an open task is told of today: a week, two days and no day before it is due, then every third day."""
    if item.is_done or item.due_on is None:
        return False
    left = (item.due_on - today).days
    return left in DAYS_BEFORE or (left < 0 and -left % DAYS_AFTER == 0)


@jobs.every(minutes=60)
def remind_exhibitors() -> None:
    """Remind the exhibitors of all fairs that are still to come, where it is morning."""
    those = select(Fair).where(Fair.id.in_(select(PreparationDue.fair_id)))
    for fair in db.session.scalars(those).all():
        now = clock.now().astimezone(fair.zone)
        if now.date() <= fair.ends_on and now.hour >= 8:
            _remind(fair, now.date())
            db.session.commit()


def _remind(fair: Fair, today: date) -> None:
    for one in progress.of_fair(fair):
        if not any(wants_reminder(item, today) for item in one.items):
            continue
        row = {"exhibitor_id": one.exhibitor.id, "sent_on": today}
        if insert_new(PreparationReminder, [row], returning=PreparationReminder.exhibitor_id):
            soon = today + timedelta(days=max(DAYS_BEFORE))
            letters.remind(fair, one, [item for item in one.missing if item.due_on and item.due_on <= soon])

"""What becomes of staff and guests when people or exhibitors go, and what people take along."""

from typing import Any

from sqlalchemy import select, update

from techfair.accounts.models import User
from techfair.exhibitors.applications import application_decided
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.extensions import db
from techfair.visitors.booth_people import guests, staff
from techfair.visitors.booth_people.models import GuestCode, GuestUse, StaffBadge
from techfair.visitors.merging import registrations_merged
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored
from techfair.visitors.registering import registration_cancelled


@application_decided.connect
def end_with_the_exhibitor(application: Application, **also: Any) -> None:
    """Who withdraws, or is cancelled, brings nobody: badges open no gate and codes are no way in."""
    if application.state not in {"withdrawn", "cancelled"}:
        return
    mine = select(Exhibitor).filter_by(fair_id=application.fair_id, company_id=application.company_id)
    if exhibitor := db.session.scalars(mine).one_or_none():
        by = db.session.get_one(User, application.decided_by_id)
        staff.remove_all(exhibitor, by)
        guests.end_all(exhibitor, by)


@registration_cancelled.connect
def free_the_place(registration: Registration, **also: Any) -> None:
    staff.let_go([registration.id])


@erasing.registration_erased.connect
def forget(registration: Registration, ids: list[int], **also: Any) -> None:
    """A code's place stays used, by somebody without a name."""
    staff.let_go(ids)


@registrations_merged.connect
def follow(kept: Registration, other: Registration, **also: Any) -> None:
    """Place and code go to the registration that stays, unless it has its own."""
    for model in (StaffBadge, GuestUse):
        if db.session.get(model, kept.id) is None:
            ended = update(model).filter_by(registration_id=other.id)
            db.session.execute(ended.values(registration_id=kept.id))
    staff.let_go([other.id])


@stored.section("brought_by")
def brought_by(ids: list[int]) -> list[dict[str, Any]]:
    """Which exhibitor named or invited the person."""
    company = select(Company.name_vi).join(Exhibitor, Exhibitor.company_id == Company.id)
    named = company.join(StaffBadge, StaffBadge.exhibitor_id == Exhibitor.id).add_columns(StaffBadge.named_at)
    came = company.join(GuestCode, GuestCode.exhibitor_id == Exhibitor.id).add_columns(GuestUse.used_at)
    came = came.join(GuestUse, GuestUse.code_id == GuestCode.id)
    asked = (
        ("staff", named.where(StaffBadge.registration_id.in_(ids))),
        ("guest", came.where(GuestUse.registration_id.in_(ids))),
    )
    return [
        {"exhibitor": name, "as": kind, "at": at.isoformat()}
        for kind, rows in asked
        for name, at in db.session.execute(rows)
    ]

"""No door stands open by oversight, and what belongs to another unit does not exist."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_login import login_user
from werkzeug.exceptions import NotFound

from techfair.accounts.models import UnitRole, User
from techfair.core import access, clock
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Activity, Fair, OrganizingUnit


def test_every_address_is_public_by_name_or_guarded(app: Flask) -> None:
    assert access.unguarded(app) == []


@pytest.fixture
def stranger(make_user: Callable[..., User]) -> User:
    """Administrator of another unit."""
    other = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Kon Tum")
    user = make_user("nguoi.la@example.vn")
    db.session.add(other)
    db.session.flush()
    db.session.add(UnitRole(user_id=user.id, unit_id=other.id, role="admin"))
    db.session.commit()
    return user


def of_each_kind(fair: Fair) -> list[OrganizingUnit | Fair | Activity | Hall | Booth]:
    now = clock.now()
    hall = Hall(fair_id=fair.id, code="A", name_vi="Nhà A")
    activity = Activity(fair_id=fair.id, title_vi="Khai mạc", starts_at=now, ends_at=now + timedelta(hours=1))
    db.session.add_all([hall, activity])
    db.session.flush()
    booth = Booth(fair_id=fair.id, hall_id=hall.id, code="A1")
    db.session.add(booth)
    db.session.commit()
    return [fair.unit, fair, hall, activity, booth]


@pytest.mark.parametrize("deed", ["settings", "read", "exhibitors", "visitors", "gates", "meetings", "agreements"])
def test_another_unit_s_organizer_meets_404_on_each_kind_of_object(
    app: Flask, fair: Fair, stranger: User, organizer: User, deed: str
) -> None:
    things = of_each_kind(fair)
    with app.test_request_context():
        login_user(stranger)
        for thing in things:
            with pytest.raises(NotFound):
                access.fetch(type(thing), thing.id, to=deed)
        login_user(organizer)
        for thing in things:
            assert access.fetch(type(thing), thing.id, to=deed) is thing


def test_staff_may_do_what_was_granted_and_no_more(fair: Fair, make_user: Callable[..., User]) -> None:
    user = make_user()
    db.session.add(UnitRole(user_id=user.id, unit_id=fair.unit_id, role="staff", grants=["exhibitors"]))
    db.session.commit()
    allowed = [deed for deed in ("exhibitors", "visitors", "gates", "settings", "read") if access.may(user, fair, deed)]
    assert allowed == ["exhibitors", "read"]

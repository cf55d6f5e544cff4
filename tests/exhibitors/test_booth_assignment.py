"""A booth has one exhibitor at most; who comes second is told what is free."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.exhibitors import applications, booths
from techfair.exhibitors.models import BoothAssignment, Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair


@pytest.fixture
def other(
    fair: Fair, make_company: Callable[..., Company], make_user: Callable[..., User], organizer: User
) -> Exhibitor:
    user = make_user("other@example.vn")
    application = applications.start(fair, make_company("Công ty Khác", by=user), user, exhibits="")
    applications.submit(application, user)
    exhibitor = applications.approve(application, organizer)
    db.session.commit()
    return exhibitor


def test_the_second_exhibitor_is_told_which_booths_are_free(
    exhibitor: Exhibitor, other: Exhibitor, booth: Booth, make_booth: Callable[..., Booth], organizer: User
) -> None:
    make_booth("A02")
    booths.assign(exhibitor, booth, organizer)
    with pytest.raises(booths.BoothTaken) as refusal:
        booths.assign(other, booth, organizer)
    assert "A02" in str(refusal.value.message)


def test_the_database_itself_refuses_two_on_one_booth(exhibitor: Exhibitor, other: Exhibitor, booth: Booth) -> None:
    db.session.add_all(BoothAssignment(booth_id=booth.id, exhibitor_id=one.id) for one in (exhibitor, other))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_giving_a_booth_twice_is_giving_it_once(exhibitor: Exhibitor, booth: Booth, organizer: User) -> None:
    assert booths.assign(exhibitor, booth, organizer) is booths.assign(exhibitor, booth, organizer)


def test_a_released_booth_can_be_given_again(
    exhibitor: Exhibitor, other: Exhibitor, booth: Booth, organizer: User
) -> None:
    booths.release(booths.assign(exhibitor, booth, organizer), exhibitor, organizer)
    assert booths.assign(other, booth, organizer).exhibitor_id == other.id


def test_a_blocked_booth_and_one_of_another_fair_are_refused(
    exhibitor: Exhibitor, make_booth: Callable[..., Booth], make_fair: Callable[..., Fair], organizer: User
) -> None:
    foreign = make_booth("B01", fair_id=make_fair("other").id)
    for booth in (make_booth("A09", is_blocked=True), foreign):
        with pytest.raises(booths.BoothUnusable):
            booths.assign(exhibitor, booth, organizer)

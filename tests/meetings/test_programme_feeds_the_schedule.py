"""What people said in the programme holds in the schedule: languages, interpreters' shifts, booths."""

from collections.abc import Callable
from typing import Any

import pytest

from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.extensions import db
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.models import Fair
from techfair.meetings import slots
from techfair.meetings.interpreters.models import Interpreter, MeetingInterpreter, Shift
from techfair.meetings.models import Meeting, Participant
from techfair.meetings.programme.models import MeetingProfile, MeetingRules
from techfair.meetings.timetable import gathering
from tests.meetings.timetabling import plan


def says(participant: Participant, kind: str, *languages: str) -> None:
    participant.languages = list(languages)
    db.session.add(MeetingProfile(participant_id=participant.id, kind=kind))


@pytest.fixture
def of_two_languages(agree: Callable[..., Meeting], make_times: Any) -> Meeting:
    """An agreed meeting of a Korean speaker and a Vietnamese exhibitor."""
    meeting = agree()
    make_times()
    exhibitor, visitor = db.session.scalars(db.select(Participant).order_by(Participant.registration_id.is_not(None)))
    says(exhibitor, "exhibitor", "vi")
    says(visitor, "investor", "ko")
    db.session.commit()
    return meeting


def test_a_meeting_without_a_common_language_waits_for_an_interpreter_s_shift(
    of_two_languages: Meeting, fair: Fair
) -> None:
    last = slots.ahead(fair)[-1]
    shift = Shift(starts_at=last.starts_at, ends_at=last.ends_at)
    db.session.add(Interpreter(fair_id=fair.id, full_name="Kim Thu Hà", pairs=["ko-vi"], shifts=[shift]))
    plan(fair)
    given = db.session.scalars(db.select(MeetingInterpreter)).one()
    assert (of_two_languages.slot_id, given.slot_id) == (last.id, last.id)


def test_without_a_fitting_interpreter_it_says_so_and_without_any_the_two_find_words(
    of_two_languages: Meeting, fair: Fair
) -> None:
    last = slots.ahead(fair)[-1]
    shift = Shift(starts_at=last.starts_at, ends_at=last.ends_at)
    japanese = Interpreter(fair_id=fair.id, full_name="Mai Sato", pairs=["ja-vi"], shifts=[shift])
    db.session.add(japanese)
    plan(fair)
    assert (of_two_languages.state, "phiên dịch" in of_two_languages.reason_unplaced_vi) == ("agreed", True)
    japanese.is_active = False
    plan(fair)
    assert of_two_languages.state == "scheduled"


def test_an_exhibitor_meets_at_its_own_booth_where_the_organizer_wishes(
    agree: Callable[..., Meeting], make_times: Any, exhibitor: Exhibitor, fair: Fair
) -> None:
    meeting = agree()
    make_times()
    halls = [Hall(fair_id=fair.id, code=code, name_vi=f"Nhà {code}", columns=30) for code in "AB"]
    db.session.add_all([MeetingRules(fair_id=fair.id, at_booths=True), *halls])
    db.session.flush()
    booth = Booth(fair_id=fair.id, hall_id=halls[1].id, code="A12", x=4, y=6)
    db.session.add(booth)
    db.session.flush()
    db.session.add(BoothAssignment(exhibitor_id=exhibitor.id, booth_id=booth.id, state="assigned"))
    assert gathering.gather(fair, "anew", None).instance.spots == {"A12": (75, 7)}  # a hall of 30 squares, and 40 more
    plan(fair)
    assert (meeting.state, meeting.table_id, meeting.booth_id) == ("scheduled", None, booth.id)
    plan(fair)  # a second run leaves it where it is
    assert meeting.booth_id == booth.id

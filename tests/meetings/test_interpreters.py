"""Interpreters: noted with languages and shifts, told by a secret link where to be when."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.interpreters.models import Interpreter, Shift
from techfair.meetings.models import Participant
from techfair.meetings.programme.models import MeetingProfile
from tests.meetings.timetabling import plan

CONSOLE = "/organizer/fairs/gia-lai/meetings/interpreters"
HA = {"full_name": "Kim Thu Hà", "email": "ha@example.vn", "pairs": ["vi-ko"], "is_active": "y"}


def note(organizer: FlaskClient, fair: Fair) -> str:
    """Kim Thu Hà, who is there in the morning; answers the address of her page at the organizer's."""
    day = fair.starts_on.isoformat()
    address: str = organizer.post(f"{CONSOLE}/new", data=HA).location
    organizer.post(f"{address}/shifts", data={"day": day, "begins": "08:00", "ends": "11:30"})
    return address


def test_an_interpreter_is_given_the_meeting_and_reads_where_to_be_by_a_secret_link(
    agree: Any, make_times: Any, as_organizer: FlaskClient, fair: Fair, app: Flask
) -> None:
    agree()
    make_times()
    for number, participant in enumerate(db.session.scalars(db.select(Participant)).all()):
        participant.languages = ["ko" if number else "vi"]
        db.session.add(MeetingProfile(participant_id=participant.id, kind="visitor"))
    db.session.commit()
    address = note(as_organizer, fair)
    plan(fair)
    db.session.commit()
    as_organizer.post(f"{address}/link/send")
    letter = db.session.scalars(db.select(Mail).filter_by(template="interpreter_link")).one().text
    link = re.search(r"/interpreters/\S+", letter)
    db.session.rollback()
    assert link
    own = app.test_client().get(link[0])
    assert ("Trần Văn Tùng" in own.text, "Bàn 01" in own.text) == (True, True)
    as_organizer.post(f"{address}/link/end")
    assert app.test_client().get(link[0]).status_code == 410


def test_a_shift_that_ends_before_it_begins_is_refused_beside_its_field(as_organizer: FlaskClient, fair: Fair) -> None:
    address = note(as_organizer, fair)
    day = fair.starts_on.isoformat()
    page = as_organizer.post(f"{address}/shifts", data={"day": day, "begins": "15:00", "ends": "14:00"})
    assert (page.status_code, 'id="ends-error"' in page.text, 'value="15:00"' in page.text) == (422, True, True)
    assert db.session.scalar(db.select(db.func.count()).select_from(Shift)) == 1


def test_only_who_looks_after_meetings_may_touch_an_interpreter(
    as_organizer: FlaskClient, as_exhibitor: FlaskClient, fair: Fair
) -> None:
    address = note(as_organizer, fair)
    assert as_exhibitor.post(address, data=HA | {"full_name": "Người khác"}).status_code == 404
    assert list(db.session.scalars(db.select(Interpreter.full_name))) == ["Kim Thu Hà"]

"""One person registered twice: compared by somebody, made one or kept apart, and nothing lost by it."""

import pytest
from sqlalchemy.exc import IntegrityError

from techfair.core import audit
from techfair.extensions import db
from techfair.meetings.models import Participant
from techfair.visitors import badges, counting, merging, registering
from techfair.visitors.models import Consent, Registration

VISITORS = "/organizer/fairs/gia-lai/visitors"
PHONE = "0844 000 531"


@pytest.fixture
def twins(register):
    """The same telephone twice, spelled in two ways (K045)."""
    first = register("Trần Văn Tùng", phone=PHONE, email=None, consents={"photos", "exhibitors_read"})
    second = register("Tùng Trần", phone="+84844000531", email="tung@example.vn", consents={"photos"})
    return first, second


@pytest.fixture
def worn(fair, twins):
    """The codes of both badges."""
    return [badges.token(badges.valid_badge(each), fair) for each in twins]


def merge(client, first, second, keep):
    answer = client.post(f"{VISITORS}/{second.id}/merge", data={"keep": keep.id})
    db.session.expire_all()
    return answer


def test_the_two_are_shown_side_by_side(as_organizer, twins):
    page = as_organizer.get(f"{VISITORS}/{twins[1].id}/compare").text
    assert all(words in page for words in ("Trần Văn Tùng", "Tùng Trần", "+84844000531", "tung@example.vn"))


def test_comparing_changes_nothing(as_organizer, twins):
    as_organizer.get(f"{VISITORS}/{twins[1].id}/compare")
    assert [db.session.get_one(Registration, each.id).state for each in twins] == ["confirmed", "confirmed"]


@pytest.mark.parametrize("kept", [0, 1])
def test_the_kept_badge_opens_the_gate_and_the_other_is_replaced(as_organizer, twins, worn, gate, kept):
    assert merge(as_organizer, *twins, keep=twins[kept]).status_code == 303
    assert gate.scan(worn[1 - kept])["reason"] == "replaced"
    assert gate.scan(worn[kept])["verdict"] == "admitted"


def test_the_kept_one_takes_over_the_contact_that_it_lacks(as_organizer, twins):
    merge(as_organizer, *twins, keep=twins[0])
    kept = db.session.get_one(Registration, twins[0].id)
    assert (kept.full_name, kept.email, kept.email_key) == ("Trần Văn Tùng", "tung@example.vn", "tung@example.vn")


def test_a_merge_gives_no_consent_and_only_what_both_agreed_to_stands(as_organizer, twins):
    merge(as_organizer, *twins, keep=twins[0])
    of_both = db.select(Consent.registration_id, Consent.purpose, Consent.withdrawn_at.is_(None))
    stands = {(id, purpose): stands for id, purpose, stands in db.session.execute(of_both)}
    assert stands == {
        (twins[0].id, "photos"): True,
        (twins[0].id, "exhibitors_read"): False,
        (twins[1].id, "photos"): False,
    }


def test_one_person_with_two_badges_is_counted_once_a_day(as_organizer, fair, twins, worn, make_gate):
    a, b = make_gate("A"), make_gate("B")
    a.scan(worn[0]), b.scan(worn[1])
    assert (counting.visitors(fair).unique, counting.visitors(fair).person_days) == (2, 2)
    merge(as_organizer, *twins, keep=twins[1])
    counts = counting.visitors(fair)
    assert (counts.registered, counts.unique, counts.person_days, counts.entries) == (1, 1, 1, 2)


def test_scans_of_all_who_became_one_person_count_as_that_person_s_kind(as_organizer, fair, register, make_gate):
    visitor, press, staff = (register(f"Trần {kind}", kind=kind) for kind in ("visitor", "press", "exhibitor_staff"))
    gate = make_gate("A", rule="every")
    for each in (visitor, press):
        gate.scan(badges.token(badges.valid_badge(each), fair))
    merging.merge(press, visitor, fair, "organizer")
    merging.merge(staff, press, fair, "organizer")
    assert (counting.visitors(fair).entries, counting.visitors(fair).unique) == (0, 0)


def test_who_came_in_with_the_badge_that_ended_is_already_in(as_organizer, twins, worn, gate):
    gate.scan(worn[1], at="08:00")
    merge(as_organizer, *twins, keep=twins[0])
    again = gate.scan(worn[0], at="09:30")
    assert (again["verdict"], again["first_scan"]["gate"]) == ("repeated", "A")


def test_the_scans_of_both_stand_on_the_page_of_the_kept_one(as_organizer, twins, worn, gate):
    gate.scan(worn[1], at="08:17")
    merge(as_organizer, *twins, keep=twins[0])
    assert "08:17" in as_organizer.get(f"{VISITORS}/{twins[0].id}").text


def test_the_page_of_the_one_that_ended_leads_to_the_kept_one(as_organizer, twins):
    merge(as_organizer, *twins, keep=twins[0])
    assert f'href="{VISITORS}/{twins[0].id}"' in as_organizer.get(f"{VISITORS}/{twins[1].id}").text


def test_the_log_says_who_merged_what(as_organizer, twins):
    merge(as_organizer, *twins, keep=twins[0])
    told = [(each.action, each.actor, each.details) for each in audit.of(db.session.get_one(Registration, twins[1].id))]
    assert ("registration.merged", "organizer@example.vn", {"into": twins[0].id}) in told


def test_pressed_twice_the_second_is_refused_and_nothing_changes(as_organizer, twins, worn, gate):
    merge(as_organizer, *twins, keep=twins[0])
    assert merge(as_organizer, *twins, keep=twins[1]).status_code == 409
    assert gate.scan(worn[0])["verdict"] == "admitted"


def test_a_third_registration_follows_to_the_kept_one(as_organizer, register, twins):
    third = register("T. V. Tùng", phone=PHONE, email=None)
    merge(as_organizer, *twins, keep=twins[1])
    assert db.session.get_one(Registration, third.id).possible_duplicate_of_id == twins[1].id
    merge(as_organizer, twins[1], third, keep=third)
    ended = [db.session.get_one(Registration, each.id).merged_into_id for each in twins]
    assert ended == [third.id, third.id]


def test_two_people_stay_two_and_are_not_proposed_again(as_organizer, fair, twins):
    as_organizer.post(f"{VISITORS}/{twins[1].id}/apart")
    db.session.expire_all()
    assert as_organizer.get(f"{VISITORS}/{twins[1].id}/compare").status_code == 303
    assert registering.registered_before(fair, None, "+84844000531").id == twins[0].id
    assert "Tùng Trần" not in as_organizer.get(f"{VISITORS}?duplicates=1").text


def test_meetings_go_with_the_person_and_two_timetables_are_never_mixed(as_organizer, fair, twins):
    db.session.add(Participant(fair_id=fair.id, registration_id=twins[1].id))
    db.session.commit()
    merge(as_organizer, *twins, keep=twins[0])
    assert db.session.scalars(db.select(Participant.registration_id)).one() == twins[0].id


def test_who_both_meet_are_not_merged(as_organizer, fair, twins):
    db.session.add_all(Participant(fair_id=fair.id, registration_id=each.id) for each in twins)
    db.session.commit()
    assert merge(as_organizer, *twins, keep=twins[0]).status_code == 409
    db.session.rollback()
    assert db.session.get_one(Registration, twins[1].id).state == "confirmed"


def test_nobody_else_compares_or_merges(as_steward, client, twins):
    for browser, status in ((as_steward, 404), (client, 303)):
        assert browser.get(f"{VISITORS}/{twins[1].id}/compare").status_code == status
    assert as_steward.post(f"{VISITORS}/{twins[1].id}/merge", data={"keep": twins[0].id}).status_code == 404


def test_the_database_refuses_a_merged_registration_that_goes_on(twins):
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(Registration).filter_by(id=twins[1].id).values(merged_into_id=twins[0].id))
    db.session.rollback()

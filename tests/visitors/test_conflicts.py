"""Two gates without network let the same badge in: the counts stay right, and the organizer is told."""

import pytest

from techfair.extensions import db
from techfair.visitors.gate_models import ConflictDecision

CONFLICTS = "/organizer/fairs/gia-lai/gates/conflicts"
ALONE = {"offline": True, "device_verdict": "admitted"}


@pytest.fixture
def conflict(make_gate, badge, scans):
    """One badge let in at A at 08:10 and at B at 08:05, both without network; A's device spoke first."""
    a, b = make_gate("A"), make_gate("B")
    assert a.scan(badge, "08:10", **ALONE)["verdict"] == "admitted"
    assert b.scan(badge, "08:05", **ALONE)["verdict"] == "repeated"
    return next(scan for scan in scans() if scan.verdict == "repeated")


def decide(client, scan, **data):
    return client.post(f"{CONFLICTS}/{scan.id}", data={"finding": "badge_shared", "note": "Hai người"} | data)


def test_both_gates_and_both_times_are_listed(conflict, as_organizer):
    page = as_organizer.get(CONFLICTS).text
    assert all(words in page for words in ("Trần Văn Tùng", "A · Cổng A", "B · Cổng B", "08:10", "08:05"))


def test_a_badge_let_in_and_void_by_then_is_a_conflict_with_its_reason(gate, badge, organizer, as_organizer):
    from techfair.visitors import badges

    badges.revoke(badge.badge, organizer, "Mất thẻ")
    db.session.commit()
    gate.scan(badge, **ALONE)
    assert "Thẻ này đã bị thu hồi" in as_organizer.get(CONFLICTS).text


def test_the_same_scan_sent_twice_is_no_conflict(gate, badge, as_organizer):  # K005
    reading = gate.reading(badge, **ALONE)
    assert [gate.send(reading)[0]["verdict"] for _ in range(2)] == ["admitted", "admitted"]
    assert "Không có mâu thuẫn" in as_organizer.get(CONFLICTS).text


def test_what_a_device_found_repeated_itself_is_no_conflict(make_gate, badge, as_organizer):
    gate = make_gate()
    gate.scan(badge, **ALONE)
    gate.scan(badge, offline=True, device_verdict="repeated")
    assert "Không có mâu thuẫn" in as_organizer.get(CONFLICTS).text


def test_a_finding_is_written_down_once_and_logged(conflict, as_organizer):
    assert [decide(as_organizer, conflict).status_code for _ in range(2)] == [303, 303]
    kept = db.session.scalars(db.select(ConflictDecision)).one()
    assert (kept.finding, kept.note) == ("badge_shared", "Hai người")
    assert "Giải thích mâu thuẫn giữa các cổng" in as_organizer.get("/organizer/fairs/gia-lai/log").text


def test_a_finding_that_is_none_changes_nothing(conflict, as_organizer):
    answer = decide(as_organizer, conflict, finding="")
    assert (answer.status_code, "Chọn điều đã xảy ra." in answer.text) == (422, True)
    assert list(db.session.scalars(db.select(ConflictDecision))) == []


def test_conflicts_wait_on_the_gates_page_and_today_until_they_are_explained(conflict, as_organizer):
    pages = ("/organizer/fairs/gia-lai/gates", "/organizer/fairs/gia-lai/")
    assert all("1 trường hợp mâu thuẫn" in as_organizer.get(page).text for page in pages)
    decide(as_organizer, conflict)
    assert not any("trường hợp mâu thuẫn" in as_organizer.get(page).text for page in pages)


def test_the_scans_of_another_fair_are_not_there(conflict, make_fair, make_user, sign_in):
    stranger = sign_in(make_user("stranger@example.vn"))
    assert (stranger.get(CONFLICTS).status_code, decide(stranger, conflict).status_code) == (404, 404)

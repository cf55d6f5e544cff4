"""The log: every deed in words, found by kind and person; and whether its chain is whole."""

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import text

import techfair
from techfair.core import audit
from techfair.exhibitors.models import Application
from techfair.extensions import db
from techfair.fairs.models import Activity
from techfair.meetings.models import Meeting, MeetingRequest
from techfair.organizers import log
from techfair.organizers.words import DEEDS, DETAILS

LOG = "/organizer/fairs/gia-lai/log"
CODE = Path(techfair.__file__).parent
RECORDING = {"record", "_record"}


def spoken(node):
    """The names of deeds in an expression; what an f-string fills in may be any word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*spoken(node.body), *spoken(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values]
        yield "".join(parts)


def told():
    """The names of the details that deeds are written down with."""
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in RECORDING:
                yield from (keyword.arg for keyword in node.keywords if keyword.arg not in {None, "by", "fair_id"})


def recorded():
    """Each name of a deed that the program writes down, as a pattern."""
    for file in CODE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assigned = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in RECORDING:
                first = node.args[0]
                yield from spoken(assigned.get(first.id, first) if isinstance(first, ast.Name) else first)


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))


@pytest.mark.same_everywhere
def test_every_deed_that_is_recorded_has_its_words():
    patterns = set(recorded())
    assert len(patterns) > 60
    assert sorted(one for one in patterns if not any(re.fullmatch(one, key) for key in DEEDS)) == []


@pytest.mark.same_everywhere
def test_every_detail_of_a_deed_has_its_words():
    assert sorted(set(told()) - set(DETAILS) - {"reason"}) == []


@pytest.mark.same_everywhere
@pytest.mark.parametrize("model", [Application, Activity, MeetingRequest, Meeting])
def test_every_state_that_a_thing_moves_to_has_its_words(model):
    reached = {f"{model.__tablename__}.{state}" for states in model.STEPS.values() for state in states}
    assert sorted(reached - set(DEEDS)) == []


@pytest.fixture
def deeds(fair, organizer):
    """Two deeds about the fair, by two people."""
    audit.record("fair.published", fair, by=organizer)
    audit.record("fair.concluded", fair, by="system", reason="Hết thời gian")
    db.session.commit()


def rows(page):
    """The deeds of the table; the choice above it names them all."""
    return page.partition("<tbody>")[2]


def test_the_log_says_who_did_what_when_and_why(as_organizer, deeds):
    page = rows(as_organizer.get(LOG).text)
    assert "Công bố hội chợ" in page
    assert "organizer@example.vn" in page
    assert "hệ thống" in page
    assert "Hết thời gian" in page
    assert 'href="/organizer/fairs/gia-lai/settings"' in page


def test_deeds_are_found_by_kind_and_by_person(as_organizer, deeds):
    for query in ({"deed": "fair.published"}, {"person": "organizer@"}):
        page = rows(as_organizer.get(LOG, query_string=query).text)
        assert ("Công bố hội chợ" in page, "Kết thúc hội chợ" in page) == (True, False)


@pytest.mark.parametrize("query", [{"deed": "no.such"}, {"person": "%"}, {"page": "99"}, {"page": "x"}])
def test_any_query_gets_a_sensible_page(as_organizer, deeds, query):
    assert as_organizer.get(LOG, query_string=query).status_code == 200


def test_another_fair_s_deeds_are_not_shown(as_organizer, as_administrator, deeds, make_fair):
    audit.record("fair.created", make_fair("kon-tum"), by="system")
    db.session.commit()
    assert "Tạo hội chợ" not in rows(as_organizer.get(LOG).text)
    assert "Tạo hội chợ" in rows(as_administrator.get("/admin/log").text)
    assert as_organizer.get("/admin/log").status_code == 404


def test_the_page_says_when_the_chain_was_last_found_whole(as_administrator, deeds, run_jobs):
    assert "chưa được kiểm tra" in as_administrator.get("/admin/log").text
    as_administrator.post("/admin/log/verify")
    run_jobs()
    assert "Chuỗi nhật ký nguyên vẹn: đã kiểm tra 2 mục" in as_administrator.get("/admin/log").text


def test_a_changed_entry_shows_as_a_broken_chain(as_administrator, deeds, run_jobs):
    _change_the_first()
    as_administrator.post("/admin/log/verify")
    run_jobs()
    assert "Chuỗi nhật ký bị đứt" in as_administrator.get("/admin/log").text


def _change_the_first():
    """As somebody with the database's own keys would: triggers off, one word changed."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    else:
        names = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            db.session.execute(text(f"DROP TRIGGER {name}"))
    first = "SELECT min(id) FROM audit_entry"
    db.session.execute(text(f"UPDATE audit_entry SET actor = 'nobody' WHERE id = ({first})"))
    db.session.commit()


def test_the_chain_is_walked_every_hour_by_the_worker(app, run_jobs):
    names = [task.name for task in app.extensions["queue"]._registry.periodic_tasks]
    assert "verify_regularly" in names
    log.verify_regularly()
    run_jobs()
    assert log.last_verification().done == 0

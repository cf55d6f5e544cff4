"""Many documents settled and sealed by one job."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from techfair.agreements import documents
from techfair.agreements.models import Agreement
from techfair.agreements.schemas import MilestoneInput
from techfair.core.jobs import Job
from techfair.extensions import db
from tests.agreements.conftest import Mailbox

PRESS = "/organizer/fairs/gia-lai/agreements/settle-all"
COMPLETE = {"place": "Pleiku, Gia Lai", "area_m2": 125_000, "valid_until_on": date(2060, 1, 1)}


def test_the_organizer_settles_and_seals_all_that_are_ready_at_once(
    as_organizer: FlaskClient,
    as_steward: FlaskClient,
    make_draft: Callable[..., Agreement],
    ours: Mailbox,
    theirs: Mailbox,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
) -> None:
    steps = [MilestoneInput(title_vi="Khởi công", due_on=date(2030, 1, 1))]
    ids = [make_draft("investment_decision", milestones=steps, **COMPLETE).id, make_draft("investment_decision").id]
    ids.append(make_draft("memorandum").id)  # of parties who have not agreed
    db.session.rollback()
    assert as_steward.post(PRESS).status_code == 404
    assert "2 văn bản" in as_organizer.get("/organizer/fairs/gia-lai/agreements?register=investments").text
    assert as_organizer.post(PRESS).status_code == 303
    run_jobs()
    assert [documents.load(id).state for id in ids] == ["signing", "draft", "draft"]
    db.session.rollback()
    sign(ours)
    sign(theirs)
    db.session.execute(db.update(Job).values(state="failed"))  # whatever stopped the sealing of this one
    db.session.commit()
    as_organizer.post(PRESS)
    run_jobs()
    assert documents.load(ids[0]).state == "completed"

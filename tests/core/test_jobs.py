"""Background jobs: what was committed runs in the end, what was rolled back never does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from techfair.core import clock, jobs
from techfair.core.jobs import Job
from techfair.extensions import db

done: list[str] = []


@pytest.fixture(autouse=True)
def works(app: Flask) -> Iterator[None]:
    """A work that notes what it did, and one that fails."""

    def note(job: Job, word: str) -> None:
        done.append(word)

    def fail(job: Job) -> None:
        raise ValueError("không được")

    done.clear()
    jobs.job("note")(note)
    jobs.job("fail")(fail)
    yield
    del jobs._works["note"], jobs._works["fail"]


def started(name: str = "note", **arguments: str) -> Job:
    row = jobs.start(name, **arguments)
    db.session.commit()
    return row


def test_a_committed_job_runs_once() -> None:
    row = started(word="a")
    assert (jobs.run_due(), jobs.run_due(), done, row.state) == (1, 0, ["a"], "done")


def test_a_rolled_back_job_never_runs_and_is_not_carried() -> None:
    jobs.start("note", word="a")
    db.session.rollback()
    assert (jobs.run_due(), done, db.session.info.get("started_jobs")) == (0, [], None)


def test_a_failed_job_waits_longer_each_time_and_ends_as_failed() -> None:
    row = started("fail")
    moment = clock.now()
    for attempt, pause in enumerate(jobs.PAUSES, 1):
        with clock.held_at(moment):
            jobs.run_due()
        assert (row.state, row.attempts, row.not_before_at) == ("queued", attempt, moment + pause)
        assert "không được" in (row.error or "")
        moment += pause
    with clock.held_at(moment):
        jobs.run_due()
    assert (row.state, row.is_over) == ("failed", True)


def test_a_job_whose_worker_died_runs_again_when_its_lease_is_over() -> None:
    row = started(word="a")
    assert jobs._claim(row.id) is not None  # a worker takes it and is killed
    assert (jobs.run_due(), done) == (0, [])
    with clock.held_at(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        jobs.run_due()
    assert (done, row.state, row.attempts) == (["a"], "done", 2)


def test_two_workers_do_not_take_the_same_job() -> None:
    row = started(word="a")
    assert jobs._claim(row.id) is not None
    assert jobs._claim(row.id) is None


def test_a_stopped_job_never_starts_and_a_running_one_hears_of_it() -> None:
    row = started(word="a")
    jobs.stop(row)
    db.session.commit()
    assert (jobs.run_due(), done) == (0, [])


def test_jobs_that_wait_are_found_after_a_restart(app: Flask) -> None:
    id = started(word="a").id
    db.session.remove()
    db.engine.dispose()
    assert jobs.due() == [id]

"""``techfair meetings solve``: files in and out, progress on stderr, exit codes."""

import json

import pytest
from click.testing import CliRunner

from techfair.meetings.cli import meetings
from tests.meetings.scheduling import CASES, PUBLISHED, day, published, verify

pytestmark = pytest.mark.same_everywhere


def run(*words):
    return CliRunner().invoke(meetings, ["solve", *map(str, words)])


def test_it_writes_a_schedule_that_the_checker_accepts(tmp_path):
    output = tmp_path / "schedule.json"
    limits = ("--time-limit", 120, "--workers", 2, "--seed", 1)
    result = run(PUBLISHED / "tic-12.fixed020.json", "--output", output, *limits)
    schedule = json.loads(output.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert "optimal: placed 125/125" in result.stderr
    assert verify.check(published("tic-12.fixed020"), schedule)[0] == []


@pytest.mark.parametrize("name", ["b2b_circle", "b2b_fixed_clash"])
def test_an_impossible_instance_is_named_and_nothing_is_written(name, tmp_path):
    """K088."""
    result = run(CASES / f"{name}.json", "--output", tmp_path / "schedule.json")
    assert result.exit_code == 1
    assert "m1, m2" in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps(day(["a b"]) | {"slots": [{"id": 1}]})])
def test_a_file_that_is_no_instance_is_refused_clearly(text, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text(text, encoding="utf-8")
    result = run(broken, "--output", tmp_path / "schedule.json")
    assert result.exit_code == 1
    assert "broken.json" in result.stderr


def test_wrong_use_is_told_apart_from_failure(tmp_path):
    assert run(tmp_path / "none.json", "--output", tmp_path / "s.json").exit_code == 2
    assert run(PUBLISHED / "tic-12.json").exit_code == 2

"""``techfair report``: what scripts outside read."""

import json
from contextvars import copy_context
from datetime import datetime

import pytest

from techfair.cli import techfair
from techfair.extensions import db
from techfair.organizers import report
from techfair.organizers.models import DeclaredFigure


@pytest.fixture
def run(app):
    def run(*words):
        result = copy_context().run(app.test_cli_runner().invoke, techfair, ["report", *words])
        db.session.rollback()
        return result

    return run


def told(fair, language="vi"):
    return report.as_json(fair, language)


def all_figures(nested):
    if "basis" in nested:
        return [nested]
    return [found for inner in nested.values() for found in all_figures(inner)]


def test_the_report_says_which_fair_when_and_in_which_language(fair, run):
    printed = json.loads(run("gia-lai", "--format", "json", "--language", "en").stdout)
    assert (printed["fair"], printed["language"]) == ("gia-lai", "en")
    assert datetime.fromisoformat(printed["at"]).utcoffset().total_seconds() == 0
    assert printed["at"].endswith("Z")


def test_a_figure_says_what_it_counts_how_it_is_known_and_where_its_rows_are(demo_fair):
    for figure in all_figures(told(demo_fair)["figures"]):
        assert list(figure) == ["value", "unit", "basis", "definition", "rows"]
        assert isinstance(figure["value"], int)
        assert figure["basis"] in {"measured", "declared", "estimated"}
        assert figure["definition"]
        assert f"/fairs/{demo_fair.slug}/" in figure["rows"]


def test_definitions_are_in_the_language_asked_for(fair):
    assert told(fair, "vi")["figures"]["exhibitors"]["definition"].startswith("Đơn vị trưng bày")
    assert told(fair, "en")["figures"]["exhibitors"]["definition"] == "Approved exhibitors with a booth."


def test_a_fair_that_begins_has_every_key_and_counts_nothing(fair):
    figures = told(fair)["figures"]
    assert {figure["value"] for figure in all_figures(figures)} == {0, 34}  # 34 provinces since July 2025
    assert figures["connections"]["by_source_country"] == figures["connections"]["by_sector"] == {}
    assert figures["visitors"]["by_day"] == {}


def test_a_declared_figure_of_a_key_nobody_counts_is_told_too(fair):
    db.session.add(DeclaredFigure(fair_id=fair.id, key="press.articles", value=41, source_vi="Báo địa phương"))
    db.session.commit()
    assert told(fair)["figures"]["press"]["articles"]["basis"] == "declared"


def test_the_report_goes_into_a_file(fair, run, tmp_path):
    assert run("gia-lai", "--output", str(tmp_path / "report.json")).stdout == ""
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["fair"] == "gia-lai"


def test_a_format_that_is_not_there_yet_is_wrong_use(fair, run):
    refused = run("gia-lai", "--format", "docx")
    assert refused.exit_code == 2
    assert "docx" in refused.stderr


def test_a_fair_that_is_not_there_is_a_clear_failure(app, run):
    failed = run("nowhere")
    assert failed.exit_code == 1
    assert "nowhere" in failed.exception.message

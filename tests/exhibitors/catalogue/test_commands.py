"""The commands print what they found, best first, with ids that last and reasons in words."""

import json
from contextvars import copy_context
from typing import Any

import pytest
from flask import Flask

from techfair.cli import techfair
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.fairs.models import Fair


@pytest.fixture
def command(app: Flask) -> Any:
    runner = app.test_cli_runner()
    # In a context of its own, as a command has: it says there that it only reads.
    return lambda *words: copy_context().run(runner.invoke, techfair, words)


def test_search_prints_ids_scores_and_reasons(
    command: Any, fair: Fair, exhibitor: Exhibitor, technology: Technology
) -> None:
    ran = command("technologies", "search", fair.slug, "mays saays caf phee", "--limit", "1", "--json")
    (hit,) = json.loads(ran.output)
    assert hit["id"] == technology.public_ref
    assert hit["score"] > 0
    assert "máy sấy" in hit["reasons"][0]


def test_match_prints_the_offers_of_a_need_best_first(command: Any, demo_fair: Fair) -> None:
    hits = json.loads(command("technologies", "match", "n003", "--limit", "4", "--json").output)
    assert hits[0]["id"] == "t064"
    assert len(hits) == 4
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert all(hit["reasons"] for hit in hits)


@pytest.mark.parametrize("words", [("search", "no-such-fair", "x"), ("match", "no-such-need")])
def test_what_is_not_there_is_said_with_exit_one(command: Any, fair: Fair, words: tuple[str, ...]) -> None:
    ran = command("technologies", *words)
    assert ran.exit_code == 1
    assert "There is no" in ran.output


def test_the_index_is_rebuilt_by_a_command(command: Any, exhibitor: Exhibitor, technology: Technology) -> None:
    assert command("catalogue", "rebuild").output == "2 entries.\n"

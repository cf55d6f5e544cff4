"""The commands that scripts rely on."""

import json
from contextvars import copy_context

from techfair.cli import techfair
from techfair.core.errors import TechfairError
from techfair.extensions import db
from techfair.visitors.gate_models import Device


def run(app, *words):
    result = copy_context().run(app.test_cli_runner().invoke, techfair, words)
    db.session.rollback()
    if result.exception and not isinstance(result.exception, (SystemExit, TechfairError)):
        raise result.exception
    return result


def test_gates_are_listed_code_first(app, make_gate):
    make_gate("A"), make_gate("B")
    assert [line.split()[0] for line in run(app, "gates", "list", "gia-lai").stdout.splitlines()] == ["A", "B"]
    assert json.loads(run(app, "gates", "list", "gia-lai", "--json").stdout)[0]["code"] == "A"


def test_the_token_stands_alone_on_the_last_line_and_scans(app, gate, badge):
    gate.token = run(app, "gates", "token", "gia-lai", "--gate", "A").stdout.splitlines()[-1]
    assert gate.scan(badge)["verdict"] == "admitted"
    assert len(list(db.session.scalars(db.select(Device)))) == 2


def test_codes_of_valid_badges_are_what_their_pictures_say(app, gate, make_badge):
    addresses = [make_badge(f"Khách {number}").address for number in range(3)]
    codes = run(app, "visitors", "codes", "gia-lai", "--limit", "2").stdout.splitlines()
    assert codes == addresses[:2]
    assert gate.scan(codes[0])["verdict"] == "admitted"


def test_a_fair_or_gate_that_is_not_there_is_a_clear_failure(app, fair):
    for words in (("gates", "list", "nowhere"), ("gates", "token", "gia-lai", "--gate", "Z")):
        assert run(app, *words).exit_code == 1

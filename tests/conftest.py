"""The parts that tests stand on: a database made once and copied, people, a fair, a browser.

``--postgres`` runs the same tests on PostgreSQL. What a machine cannot have is skipped with its reason, and
in CI (CI=true) that is a failure.
"""

import gc
import os

import pytest

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.demo",
    "tests.fixtures.app",
    "tests.fixtures.people",
    "tests.fixtures.serving",
    "tests.fixtures.troubles",
    "tests.fixtures.browser",
    "tests.fixtures.halls",
    "tests.fixtures.sharing",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on PostgreSQL instead of SQLite")
    parser.addoption("--rounds", type=int, default=100, help="how often two gates read one badge at the same instant")


def asks_for_database(item: pytest.Item) -> bool:
    return "make_database" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks for a database: the rest has run, and is the same."""
    if config.getoption("--postgres"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_for_database(item)])
        items[:] = filter(asks_for_database, items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: looking through it for garbage would take a tenth of the whole time."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> pytest.TestReport:
    """In CI a skipped test is a failure: something that must be there is missing."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped in CI: {report.longrepr}"
    return report

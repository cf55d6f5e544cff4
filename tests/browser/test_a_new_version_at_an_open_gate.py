"""The server is upgraded while a gate is open: its page is of one version, whichever, and loses no scan."""

import shutil

import pytest
from playwright.sync_api import expect

from techfair.core.pages import static_digest
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, registering
from techfair.visitors.gate_models import Scan
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.browser import KEPT, PHONE
from tests.fixtures.serving import CHECKOUT, serving, serving_checkout

pytestmark = [pytest.mark.browser, pytest.mark.faults]

BY_HAND = """
  const inTime = window.setInterval;
  window.looks = [];
  window.setInterval = (deed, pause) => (pause === 30000 ? looks.push(deed) : inTime(deed, pause));
"""
LOOK = "looks.forEach((look) => look())"  # for a moment to switch, as the page does every half minute
VERSIONS = """[...new Set(
  [{ name: document.querySelector("script[type=module]").src }, ...performance.getEntriesByType("resource")]
    .flatMap(({ name }) => /static.([0-9a-f]{12})/.exec(name)?.[1] ?? [])
)]"""
UPDATED = """navigator.serviceWorker.getRegistration().then(async (registration) => {
  await registration.update();
  while (!registration.waiting) await new Promise((done) => setTimeout(done, 50));
})"""


@pytest.fixture
def next_version(tmp_path):
    """The program with another script of the scan page."""
    folder = tmp_path / "next"
    for part in ("techfair", "templates", "migrations"):
        shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "techfair" / "static" / "gate" / "status.js").open("a") as script:
        script.write('document.documentElement.dataset.next = "yes";\n')
    return folder


@pytest.fixture
def tokens(fair: Fair, entrance):
    people = [registering.register(fair, RegistrationInput(full_name=n, email=f"{n}@example.vn")) for n in ("an", "ba")]
    made = [badges.token(badges.valid_badge(person), fair) for person in people]
    db.session.commit()
    return made


def scan(page, code):
    page.locator(".verdict").evaluate("verdict => verdict.click()")
    page.keyboard.type(code + "\n", delay=0)


def opened(page):
    page.get_by_text("Thiết bị này có dữ liệu từ").wait_for()
    page.evaluate(KEPT)


def test_a_page_is_old_or_new_and_never_both_and_what_waits_stays(
    settings, port, browser, tokens, join_code, next_version
):  # K029
    context = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=f"http://127.0.0.1:{port}")
    page = context.new_page()
    page.add_init_script(BY_HAND)
    with serving(settings, port):
        page.goto(f"/gate/gia-lai#join={join_code}")
        opened(page)
        context.set_offline(True)
        scan(page, tokens[0])
        expect(page.locator("[data-waiting-count]")).to_have_text("1")
    page.route("**/scans", lambda route: route.abort())  # what waits must go on waiting through all this
    with serving_checkout(next_version, settings, port):
        context.set_offline(False)
        page.evaluate(UPDATED)
        asked = f"fetch('/static/{static_digest()}/gate/find.js').then((answer) => answer.status)"
        assert page.evaluate(asked) == 200  # the old page may still ask for one of its own scripts
        context.set_offline(True)
        page.reload()
        opened(page)
        assert len(page.evaluate(VERSIONS)) == 1
        expect(page.locator("[data-waiting-count]")).to_have_text("1")
        context.set_offline(False)
        held = []
        page.unroute("**/scans")
        page.route("**/scans", lambda route: held.append(route))  # the server takes its time
        page.locator("[data-state=on]").wait_for(timeout=20000)
        scan(page, tokens[1])
        page.locator("[data-busy]").wait_for()
        page.evaluate(LOOK)
        page.locator(".verdict[data-verdict=admitted]").wait_for()
        assert page.evaluate(VERSIONS) == [static_digest()]  # no switch while that scan was on its way
        page.unroute("**/scans")
        page.route("**/scans", lambda route: route.abort())
        page.evaluate(LOOK)
        page.locator("html[data-next=yes]").wait_for()
        opened(page)
        assert len(page.evaluate(VERSIONS)) == 1
        assert page.evaluate(VERSIONS) != [static_digest()]
        page.unroute("**/scans")
        expect(page.locator("[data-waiting]")).to_be_hidden(timeout=40000)
    context.close()
    assert db.session.scalars(db.select(Scan.verdict)).all() == ["admitted", "admitted"]
    db.session.rollback()

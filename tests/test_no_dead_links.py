"""Whoever follows the links of the demo fair, in whatever role, meets no page that is missing, forbidden or broken."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from techfair.accounts.models import User
from techfair.extensions import db
from techfair.organizers import report
from techfair.visitors import own
from techfair.visitors.models import Registration

pytestmark = pytest.mark.same_everywhere
STARTS = {
    "organizer": "/organizer/",
    "steward": "/gate/gia-lai-2019",
    "exhibitor": "/exhibitor/",
    "admin": "/admin/",
}


class Links(HTMLParser):
    """The addresses that a page leads to or is made of, without those that it asks walkers not to follow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if ("rel", "nofollow") not in attributes:
            self.found += [value for name, value in attributes if name in {"href", "src"} and value]


class Walker:
    """Follows links breadth first and notes those that do not answer well."""

    def __init__(self, app: Flask, client: FlaskClient, opened: Counter[str]) -> None:
        self.client, self.routes = client, app.url_map.bind("127.0.0.1")
        self.base = app.config["BASE_URL"]
        self.opened = opened
        self.dead: list[str] = []

    def walk(self, start: str) -> None:
        waiting, seen = deque([("", start)]), {start}
        while waiting:
            came_from, address = waiting.popleft()
            for link in self._links_of(came_from, address):
                if link not in seen:
                    seen.add(link)
                    waiting.append((address, link))

    def _links_of(self, came_from: str, address: str) -> Iterator[str]:
        kinds = self._kinds(address)
        if all(self.opened[kind] for kind in kinds):
            return
        self.opened.update(kinds)
        answer = self.client.get(address, follow_redirects=True)
        if answer.status_code >= 400:
            self.dead.append(f"{answer.status_code} {address} (linked from {came_from})")
        elif answer.mimetype == "text/html":
            for link in Links(answer.text).found:
                yield from self._within(urljoin(self.base + address, link))

    def _within(self, link: str) -> Iterator[str]:
        """The link as an address of ours; nothing for other places, mail and phone."""
        if link.startswith(self.base):
            parts = urlsplit(link)
            yield (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _kinds(self, address: str) -> set[str]:
        """What pages have in common, in any language: the endpoint, and it with each name of what is asked.

        So every facet of a list is asked once, and not each of their hundreds of combinations. Each static file is its
        own.
        """
        path, _, query = address.partition("?")
        if path.startswith("/static/"):
            return {path}
        asked = {part.partition("=")[0] for part in query.split("&")} - {"", "lang"}
        try:
            endpoint = str(self.routes.match(path)[0])
        except HTTPException:
            endpoint = path
        return {endpoint, *(f"{endpoint} {name}" for name in asked)}


@pytest.fixture
def walk(demo_fair, app: Flask) -> Callable[..., Walker]:
    def walked(client: FlaskClient, start: str, opened: Counter[str] | None = None) -> Walker:
        walker = Walker(app, client, Counter() if opened is None else opened)
        walker.walk(start)
        return walker

    return walked


@pytest.fixture
def signed_in(demo_fair, sign_in) -> Callable[[str], FlaskClient]:
    """The browser of one of the demo's people: ``signed_in("steward")``."""
    return lambda role: sign_in(db.session.scalars(select(User).filter_by(email=f"{role}@example.vn")).one())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_public_link_is_dead(walk, client, language):
    walked = walk(client, f"/?lang={language}")
    assert not walked.dead
    assert sum(walked.opened.values()) > 30


@pytest.fixture(scope="module")
def opened_by() -> defaultdict[str, Counter[str]]:
    """What each kind of people opened; administrators need not open again what organizers did."""
    return defaultdict(Counter)


@pytest.mark.parametrize("role", STARTS)
def test_no_link_of_a_role_is_dead(walk, signed_in, opened_by, role):
    opened = opened_by["organizer" if role == "admin" else role]
    assert not walk(signed_in(role), STARTS[role], opened).dead


def test_the_rows_behind_every_figure_are_a_page(demo_fair, signed_in):
    figures = report.figures(demo_fair).values()
    addresses = {figure.rows.removeprefix(current_app.config["BASE_URL"]) for figure in figures}
    client = signed_in("organizer")
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_no_link_of_a_visitors_own_page_is_dead(walk, client):
    visitor = db.session.scalars(select(Registration).filter_by(form_token="visitor 1")).one()
    walked = walk(client, urlsplit(own.address(visitor)).path)
    assert not walked.dead

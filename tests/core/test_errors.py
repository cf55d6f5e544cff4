"""Error pages that help, in both languages; problem details for machines; headers on every answer."""

import pytest
from flask import abort
from flask.testing import FlaskClient

from techfair.core import access
from techfair.settings import Settings
from tests.fixtures.app import made

STATUSES = {
    403: ("không có quyền", "This is not open to you"),
    404: ("Không có trang này", "There is no such page"),
    413: ("Tệp quá lớn", "The file is too large"),
    429: ("nhiều lần", "Too many tries"),
}


@pytest.fixture
def failing(settings: Settings) -> FlaskClient:
    """A browser on an application that fails as asked."""
    app = made(settings)
    app.config.update(SHOW_FAILURES=True)

    def fail(status: int) -> str:
        if status == 500:
            raise RuntimeError("broken on purpose")
        abort(status)

    app.add_url_rule("/fail/<int:status>", "fail", access.public(fail))
    app.add_url_rule("/api/fail/<int:status>", "api_fail", access.public(fail))
    return app.test_client()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("place", "language"), [(0, "vi"), (1, "en")])
def test_each_refusal_has_a_page_in_both_languages(
    failing: FlaskClient, status: int, place: int, language: str
) -> None:
    answer = failing.get(f"/fail/{status}", headers={"Accept-Language": language})
    assert answer.status_code == status
    assert STATUSES[status][place] in answer.text
    assert f'<html lang="{language}"' in answer.text


def test_our_own_fault_tells_the_number_that_is_in_the_log(failing: FlaskClient) -> None:
    answer = failing.get("/fail/500", headers={"X-Request-ID": "so-hieu-12345678"})
    assert answer.status_code == 500
    assert "so-hieu-12345678" in answer.text
    assert "broken on purpose" not in answer.text


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_machines_get_problem_details(failing: FlaskClient, status: int) -> None:
    answer = failing.get(f"/api/fail/{status}")
    assert answer.content_type == "application/problem+json"
    assert {"type", "title", "status", "code"} <= set(answer.get_json())


def test_no_inline_script_or_style_is_allowed(client: FlaskClient) -> None:
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "default-src 'self'" in policy


def test_a_page_of_somebody_is_kept_by_no_cache(as_organizer: FlaskClient) -> None:
    assert "no-store" in as_organizer.get("/account").headers["Cache-Control"]

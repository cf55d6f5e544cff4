"""Settings: documented, judged before the start, no secret built in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from techfair.settings import Settings, WrongSetting

pytestmark = pytest.mark.same_everywhere
CHECKOUT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "fair.example.vn"),
        ("database_url", "mysql://x"),
        ("smtp_url", "http://mail"),
        ("redis_url", "memcache://x"),
        ("files_url", "s3://x"),
        ("trusted_proxies", "9"),
        ("secret_key", "short"),
        ("log_level", "LOUD"),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"TECHFAIR_{name.upper()}: .+"):
        Settings.read(**{name: value})


def run(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in an empty folder, as somebody would type it."""
    environment = os.environ | settings | {"PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "techfair", *words]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)


def test_a_wrong_setting_stops_the_start_with_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    ended = run(tmp_path, "migrate", TECHFAIR_BASE_URL="nonsense")
    assert ended.returncode == 1
    assert "TECHFAIR_BASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_command_before_the_first_migration_says_what_to_do_and_nothing_else(tmp_path: Path) -> None:
    ended = run(tmp_path, "report", "gia-lai-2019", "--format", "json", TECHFAIR_INSTANCE=str(tmp_path / "instance"))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "techfair: The database has no tables yet, or older ones: run techfair migrate first.\n"


def test_a_missing_secret_key_is_made_for_its_owner_alone_and_kept(tmp_path: Path) -> None:
    first = Settings(instance=tmp_path).secret()
    assert len(first) == 64
    assert Settings(instance=tmp_path).secret() == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_on_postgresql_the_secret_key_must_be_set() -> None:
    with pytest.raises(WrongSetting, match="TECHFAIR_SECRET_KEY must be set with PostgreSQL"):
        Settings.read(database_url="postgresql://techfair@/x", secret_key=None)


def test_cookies_are_secure_unless_the_address_is_http() -> None:
    assert Settings(base_url="https://fair.example.vn", secret_key="x" * 32).for_flask()["SESSION_COOKIE_SECURE"]
    assert not Settings(base_url="http://127.0.0.1:8000", secret_key="x" * 32).for_flask()["SESSION_COOKIE_SECURE"]


def test_each_setting_is_on_the_operators_page() -> None:
    page = (CHECKOUT / "docs" / "settings.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"| `TECHFAIR_{name.upper()}` |" in page
        assert (field.description or "no description") in page

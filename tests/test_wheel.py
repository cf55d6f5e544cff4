"""A built wheel carries everything, and works where there is nothing else."""

import os
import re
import subprocess
import sys
import venv
import zipfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import pytest

from tests.fixtures.serving import free_port, wait_for

pytestmark = pytest.mark.same_everywhere
CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``techfair`` command of an environment that holds the wheel and what the lock file names, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    locked = re.findall(r"^([\w.-]+)==", (CHECKOUT / "requirements.txt").read_text(), re.MULTILINE)
    for name in locked:
        with suppress(metadata.PackageNotFoundError):  # for another system; what is missing here, pip check tells
            _lend(metadata.distribution(name), next(folder.glob("lib/*/site-packages")))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-compile", wheel], check=True)
    subprocess.run([*pip, "check"], check=True, stdout=subprocess.DEVNULL)
    return folder / "bin/techfair"


def _lend(package: metadata.Distribution, site: Path) -> None:
    """Link a package of this environment into another one: to install them all again would take minutes."""
    for name in {file.parts[0] for file in package.files or ()} - {".."}:
        if not (site / name).exists():
            (site / name).symlink_to(package.locate_file(name))


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, object]:
    """An empty folder with no trace of the checkout in its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TECHFAIR_", "PYTHON"))}
    return {"cwd": tmp_path, "env": clean, "check": True}


def test_the_wheel_carries_templates_static_files_translations_migrations_and_demo_data(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "techfair/static", "techfair/translations", "migrations", "techfair/demo/data"):
        for file in _tracked(folder):
            inside = file if file.startswith("techfair/") else f"techfair/{file}"
            assert inside in carried


def test_an_installed_techfair_loads_reports_and_serves_the_demo_fair(
    installed: Path, elsewhere: dict[str, object]
) -> None:
    subprocess.run([installed, "migrate"], **elsewhere)
    subprocess.run([installed, "demo", "--visitors", "50"], **elsewhere)
    report = [installed, "report", "gia-lai-2019", "--format", "json"]
    assert b'"fair": "gia-lai-2019"' in subprocess.run(report, capture_output=True, **elsewhere).stdout
    port = free_port()
    serve = [installed, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    process = subprocess.Popen(serve, cwd=elsewhere["cwd"], env=elsewhere["env"])
    try:
        wait_for(f"http://127.0.0.1:{port}/fairs/gia-lai-2019/", lambda: process.poll() is None)
    finally:
        process.terminate()
        process.wait(40)


def _tracked(folder: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", folder], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()

"""What is vendored is what was listed, and what pages ask for is there."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.core.pages import asset

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "techfair" / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("listing", "folder"),
    [("tools/vendor.toml", "techfair/static/vendor"), ("tools/vendor_tests.toml", "tests/browser/vendor")],
)
def test_vendored_files_are_those_listed_and_unchanged(listing: str, folder: str) -> None:
    checked = run("tools/vendor_assets.py", listing, folder, "--check")
    assert checked.returncode == 0, checked.stderr


def test_the_sprite_holds_the_icons_of_the_list() -> None:
    checked = run("tools/icon_sprite.py", "--check")
    assert checked.returncode == 0, checked.stderr


def test_the_reader_and_its_wasm_are_of_one_version() -> None:
    reader = (STATIC / "vendor/barcode-detector/zxing-exported.js").read_text()
    pinned = re.search(r'name = "zxing-wasm"\nversion = "([\d.]+)"', (ROOT / "tools/vendor.toml").read_text())
    assert pinned
    assert f'"{pinned[1]}"' in reader


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    held = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    naming = re.compile(r'(?<![-\w])icon(?:\(|=)"([a-z0-9-]+)"')  # not data-icon
    named = {name for file in TEMPLATES for name in naming.findall(file.read_text())}
    assert named <= held


def test_every_static_file_that_templates_and_styles_name_exists() -> None:
    named = {STATIC / name for file in TEMPLATES for name in re.findall(r'asset\("([^"]+)"\)', file.read_text())}
    for style in (STATIC / "css").glob("*.css"):
        named |= {(style.parent / name).resolve() for name in re.findall(r'url\("([^"]+)"\)', style.read_text())}
    assert [file for file in sorted(named) if not file.is_file()] == []


def test_no_template_has_inline_style_or_script() -> None:
    inline = re.compile(r'\sstyle="|\son[a-z]+="|<style\b|<script(?![^>]*(\bsrc=|"application/(ld\+)?json"))')
    pages = [file for file in TEMPLATES if "mail" not in file.parts and "documents" not in file.parts]
    assert [str(file) for file in pages if inline.search(file.read_text())] == []


def test_styles_travel_packed_to_whoever_can_unpack(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = asset("css/components.css")
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == client.get(address).data


def test_a_static_file_of_another_version_is_not_there(client: FlaskClient) -> None:
    assert client.get("/static/000000000000/css/base.css").status_code == 404

"""Vietnamese and English are complete, and a choice of language is kept."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.extensions import db

CHECKOUT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
METHODS = [("**.html", "jinja2"), ("**.txt", "jinja2")]
Strings = dict[str, list[str]]


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The source strings of the program and its templates."""
    options = {"**.html": {"trim_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}}
    options["**.txt"] = options["**.html"]
    found = {text for file in (CHECKOUT / "techfair").rglob("*.py") for text in _told_by(file)}
    for _, _, message, _, _ in extract_from_dir(CHECKOUT / "templates", METHODS, options, KEYWORDS):
        found.add(message if isinstance(message, str) else message[0])
    return found


def _told_by(file: Path) -> Iterator[str]:
    """What a file of the program hands to a translator; Babel does not look into f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=text), *_]) if name in KEYWORDS:
                yield str(text)


@pytest.fixture(scope="module")
def translated() -> Strings:
    """Each source string with its translations in the rooms' catalogues; fuzzy and empty ones count as none."""
    strings: Strings = defaultdict(list)
    for file in (CHECKOUT / "techfair/translations/vi").glob("*.po"):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="vi"):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                if message.id and all(texts) and not message.fuzzy:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    strings[key].append(str(texts[0]))
    return strings


@pytest.mark.same_everywhere
def test_every_string_has_its_vietnamese(used: set[str], translated: Strings) -> None:
    assert len(used) > 300
    assert sorted(used - set(translated)) == []


@pytest.mark.same_everywhere
def test_no_translation_is_left_of_a_string_that_is_gone(used: set[str], translated: Strings) -> None:
    assert sorted(set(translated) - used) == []


@pytest.mark.same_everywhere
def test_a_string_is_translated_in_one_way(translated: Strings) -> None:
    assert {key: texts for key, texts in translated.items() if len(set(texts)) > 1} == {}


def test_the_browser_s_wish_comes_first_and_vietnamese_is_the_default(client: FlaskClient) -> None:
    assert '<html lang="vi"' in client.get("/sign-in").text
    assert '<html lang="en"' in client.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="vi"' in client.get("/sign-in", headers={"Accept-Language": "ko"}).text


def test_a_choice_is_kept_in_the_browser(client: FlaskClient) -> None:
    client.get("/sign-in?lang=en")
    assert '<html lang="en"' in client.get("/sign-in", headers={"Accept-Language": "vi"}).text


def test_a_choice_is_kept_with_the_account(as_organizer: FlaskClient, organizer: User) -> None:
    as_organizer.get("/account?lang=en")
    db.session.expire_all()
    assert organizer.language == "en"

"""Vietnamese and English are complete, and a choice of language is kept."""

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.extensions import db

CHECKOUT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
Strings = dict[str, list[str]]


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The source strings of the program and its templates."""
    options = {"**.html": {"trim_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}}
    options["**.txt"] = options["**.html"]
    found: set[str] = set()
    for folder in ("techfair", "templates"):
        for _, _, message, _, _ in extract_from_dir(CHECKOUT / folder, METHODS, options, KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


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

"""Vietnamese first, English second: which one a reader gets, and the catalogues behind it.

The catalogues are one .po file a room, read when the program starts: there is no compiled file to forget.
"""

import io
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, after_this_request, has_request_context, request
from flask_babel import Domain, get_locale
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from techfair.core.database import may_write
from techfair.extensions import babel, db

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
CATALOGUES = Path(__file__).parent.parent / "translations"
COOKIE, YEAR = "language", 365 * 24 * 3600


@cache
def catalogue(language: str) -> NullTranslations:
    """All rooms' strings of a language; the source strings themselves are English."""
    merged = Catalog(locale=language)
    for file in sorted((CATALOGUES / language).glob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale=language):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


class Rooms(Domain):  # type: ignore[misc]
    """Flask-Babel's domain, fed from the .po files of all rooms."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return catalogue(locale.language) if locale else NullTranslations()


def chosen() -> str | None:
    """The reader's language: asked for now, chosen before, the account's, the browser's, else Vietnamese."""
    if not has_request_context():
        return None
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES, default="vi")


def _keep_choice() -> None:
    """Remember a language asked for by ``?lang=``: in the browser, and with the account."""
    asked = request.args.get("lang")
    if asked not in LANGUAGES or request.method != "GET":
        return
    may_write()
    after_this_request(_remember)
    if current_user.is_authenticated and current_user.language != asked:
        current_user.language = asked
        db.session.commit()


def _remember(response: Response) -> Response:
    keep_in_browser(response, request.args["lang"])
    return response


def keep_in_browser(response: BaseResponse, wanted: str) -> None:
    """Remember a chosen language in this browser, where it comes before the account's."""
    response.set_cookie(COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure)


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(["Accept-Language", "Cookie"])
        response.content_language.add(language())
    return response


def language() -> str:
    """The language of the present page, mail or command: vi or en."""
    locale = get_locale()
    return locale.language if locale else "vi"


def pick(vi: str | None, en: str | None) -> str:
    """The text in the reader's language, or the other where that one is empty."""
    first, second = (en, vi) if language() == "en" else (vi, en)
    return first or second or ""


def init_app(app: Flask) -> None:
    babel.init_app(app, default_locale="vi", locale_selector=chosen)
    babel.domain_instance = Rooms()
    app.before_request(_keep_choice)
    app.after_request(_vary)

"""Where a page meets its draft: whose it is, the form filled with it again, the answer to a save."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from flask import Response, after_this_request, current_app, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FileField, HiddenField

from techfair.exhibitors import comparing
from techfair.exhibitors.drafts import keeping
from techfair.extensions import db

COOKIE = "techfair_draft"  # of a browser whose person has no account yet


@dataclass(frozen=True)
class Shown:
    """What a page tells of its draft: where it is saved, and when it was, if this form was filled from one."""

    url: str
    saved_at: datetime | None = None


def _owners() -> list[str]:
    """Whose drafts this browser may read."""
    account = [f"user {current_user.id}"] if current_user.is_authenticated else []
    token = request.cookies.get(COOKIE, "")
    return account + ([_of_browser(token)] if token else [])


def _of_browser(token: str) -> str:
    """By a digest, so that whoever reads the database cannot take a browser's place."""
    return f"browser {hashlib.sha256(token.encode()).hexdigest()}"


def restore(form: FlaskForm, name: str, url: str) -> Shown:
    """Fill a form that was just opened with what was typed before; one that is being sent stays as it is.

    The version that its editor started from comes with it: whoever saved since then is told of, not undone.
    """
    draft = keeping.kept(_owners(), name) if request.method == "GET" else None
    if draft is None:
        return Shown(url)
    typed = MultiDict([(field, text) for field, text in draft.typed])
    for field in form:
        if field.name not in keeping.LEFT_OUT and not isinstance(field, FileField):
            field.process(typed, field.data)
    return Shown(url, draft.saved_at)


def readable(form: FlaskForm) -> list[tuple[str, str]]:
    """What stands in a form, for people to read and copy."""
    shown = [field for field in form if not isinstance(field, (FileField, HiddenField))]
    return [(str(field.label.text), comparing.shown(field, field.data)) for field in shown if field.data]


def keep(name: str) -> None:
    """Keep what this request sent."""
    owners = _owners()
    keeping.keep(owners[0] if owners else _new_owner(), name, request.form.items(multi=True))


def _new_owner() -> str:
    token = token_urlsafe(24)

    @after_this_request
    def remember(response: Response) -> Response:
        is_secure, age = current_app.config["SESSION_COOKIE_SECURE"], keeping.DAYS * 24 * 3600
        response.set_cookie(COOKIE, token, max_age=age, httponly=True, samesite="Lax", secure=is_secure)
        return response

    return _of_browser(token)


def forget(name: str) -> None:
    """The form was sent, or is not wanted: drop its draft."""
    if owners := _owners():
        keeping.forget(owners, name)


def take(name: str, page: str) -> ResponseReturnValue:
    """Answer a form that saves itself, or the button that drops what was kept; commits."""
    if "discard" in request.form:
        forget(name)
        answer: ResponseReturnValue = redirect(page, 303)
    else:
        keep(name)
        answer = jsonify(saved=True)
    db.session.commit()
    return answer

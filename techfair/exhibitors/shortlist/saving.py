"""A reader's list: with an account in the database, without one in a cookie of their browser. No script is needed."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Response, after_this_request, current_app, request
from sqlalchemy import delete, select

from techfair.accounts.models import User
from techfair.core import clock
from techfair.core.database import insert_new
from techfair.exhibitors.record_models import Need, Technology
from techfair.exhibitors.shortlist.models import SavedRecord
from techfair.extensions import db

COOKIE, DAYS, MOST = "techfair_saved", 365, 60
MODELS: dict[str, type[Technology | Need]] = {"technology": Technology, "need": Need}
LETTERS = {"technology": "t", "need": "n"}
KEY = re.compile(r"[tn][1-9][0-9]{0,8}")

Saved = list[tuple[str, int]]  # kind and id, saved last first


def of_browser() -> Saved:
    """What this browser remembers; anything else in the cookie is nothing."""
    kinds = {letter: kind for kind, letter in LETTERS.items()}
    keys = [key for key in request.cookies.get(COOKIE, "").split(".") if KEY.fullmatch(key)]
    return [(kinds[key[0]], int(key[1:])) for key in keys[:MOST]]


def of_user(user: User) -> Saved:
    """What stands on somebody's list."""
    mine = select(SavedRecord).filter_by(user_id=user.id).order_by(SavedRecord.id.desc()).limit(MOST)
    rows = db.session.scalars(mine)
    return [("technology", row.technology_id) if row.technology_id else ("need", row.need_id or 0) for row in rows]


def of_reader(user: User | None) -> Saved:
    """The whole list: the account's, and what the browser remembers from before signing in."""
    return list(dict.fromkeys([*(of_user(user) if user else []), *of_browser()]))


def add(user: User | None, records: Iterable[tuple[str, int]]) -> None:
    """Save records. What the browser remembered goes to the account with them."""
    if user is None:
        _remember(list(dict.fromkeys([*records, *of_browser()]))[:MOST])
        return
    empty: dict[str, Any] = {"user_id": user.id, "technology_id": None, "need_id": None}
    wanted = dict.fromkeys([*reversed(of_browser()), *records])
    there = {kind: _existing(kind, [id for one, id in wanted if one == kind]) for kind in MODELS}
    rows = [empty | {f"{kind}_id": id, "saved_at": clock.now()} for kind, id in wanted if id in there[kind]]
    insert_new(SavedRecord, rows, returning=SavedRecord.id)
    if of_browser():
        _remember([])


def drop(user: User | None, kind: str, id: int) -> None:
    """Take a record off the list."""
    if user is not None:
        mine = delete(SavedRecord).where(SavedRecord.user_id == user.id)
        column = SavedRecord.technology_id if kind == "technology" else SavedRecord.need_id
        db.session.execute(mine.where(column == id))
    if (kind, id) in of_browser():
        _remember([one for one in of_browser() if one != (kind, id)])


def _existing(kind: str, ids: list[int]) -> set[int]:
    """A cookie may name what is there no more."""
    return set(db.session.scalars(select(MODELS[kind].id).where(MODELS[kind].id.in_(ids))))


def _remember(saved: Saved) -> None:
    value = ".".join(f"{LETTERS[kind]}{id}" for kind, id in saved)

    @after_this_request
    def keep(response: Response) -> Response:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        told: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": is_secure}
        response.set_cookie(COOKIE, value, max_age=DAYS * 24 * 3600 if value else 0, **told)
        return response

"""The condition that somebody's words begin with what was typed, asked in the way that reads few rows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, func, intersect, literal, or_, select, union

from techfair.core.database import like
from techfair.extensions import db
from techfair.visitors.finding.models import RegistrationWord
from techfair.visitors.models import Badge, Registration

MANY = 5000  # people: fewer are all looked at; more are met soon on the way through the names
LAST_SIGN = "\U0010ffff"
LONGEST_NUMBER = 9  # digits, so that it fits a column
SEPARATORS = ".@-_"  # of the words of an e-mail address


def begins(fair_id: int, words: Sequence[str], *, names_only: bool) -> list[ColumnElement[bool]]:
    """That a registration has for each folded word one that begins with it.

    Unless ``names_only``, words of the e-mail address and numbers of badges count as well.
    """
    if not words:
        return []
    found = [_who(fair_id, word, names_only) for word in words]
    few = _few(found)
    conditions = [_has(word, names_only) for word in words]
    return conditions if few is None else [Registration.id.in_(few), *conditions]


def _few(found: Sequence[Select[Any]]) -> Any:
    """The people of the rarest word, or of all words together, if these are few; counted in the index alone."""
    numbers = _count(found)
    rarest = numbers.index(min(numbers))
    if numbers[rarest] <= MANY:
        return found[rarest]
    together = select(intersect(*found).subquery().c.id)
    return together if len(found) > 1 and _count([together])[0] <= MANY else None


def _count(those: Sequence[Select[Any]]) -> list[int]:
    """How many each finds, as far as it matters; one statement."""
    counts = [select(func.count()).select_from(one.limit(MANY + 1).subquery()) for one in those]
    return list(db.session.execute(select(*(count.scalar_subquery() for count in counts))).one())


def _who(fair_id: int, word: str, names_only: bool) -> Select[Any]:
    """The registrations that have such a word, from the index; by an address too many where only names count."""
    those = select(RegistrationWord.registration_id.label("id")).where(RegistrationWord.fair_id == fair_id)
    those = those.where(RegistrationWord.word >= word, RegistrationWord.word < word + LAST_SIGN)
    if names_only or not _is_number(word):
        return those
    numbered = select(Badge.registration_id).where(Badge.fair_id == fair_id, Badge.number == int(word))
    return select(union(those, numbered).subquery().c.id)


def _has(word: str, names_only: bool) -> ColumnElement[bool]:
    """The same of a registration at hand."""
    named = _holds(Registration.search_key, word)
    if names_only:
        return named
    address: ColumnElement[Any] = func.lower(Registration.email_key)
    for sign in SEPARATORS:
        address = func.replace(address, sign, " ")
    numbered = [Registration.badges.any(Badge.number == int(word))] if _is_number(word) else []
    return or_(named, _holds(address, word), *numbered)


def _holds(text: Any, word: str) -> ColumnElement[bool]:
    spaced: ColumnElement[str] = literal(" ", String) + text
    return spaced.like(f"% {like(word)}%", escape="\\")


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= LONGEST_NUMBER

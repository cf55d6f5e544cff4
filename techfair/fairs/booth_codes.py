"""Rows of booths as people write them: ``A01–A12, B3`` names thirteen booths."""

import re

from flask_babel import lazy_gettext as _l

from techfair.core.refusal import InputRefused

CODE = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ.-]{0,11}")
NUMBERED = r"([A-ZĐ]{0,6}[-.]?)(\d{1,4})"  # letters, then a number
ROW = re.compile(rf"{NUMBERED}\s*[-–—]\s*{NUMBERED}")
MOST = 200


class CodesRefused(InputRefused):
    """Text that names no booths: not_a_code, backwards, mixed, too_many."""


def expand(text: str) -> list[str]:
    """The codes that a text names, in its order, each once; raises CodesRefused."""
    pieces = [piece.strip() for piece in re.split("[,;\n]", text.upper()) if piece.strip()]
    if not pieces:
        raise CodesRefused("not_a_code", _l("Type a code such as A01, or a row such as A01–A12."))
    codes = list(dict.fromkeys(code for piece in pieces for code in _codes(piece)))
    if len(codes) > MOST:
        raise _too_many()
    return codes


def _codes(piece: str) -> list[str]:
    row = ROW.fullmatch(piece)
    if row:
        return _row(piece, *row.groups())
    if CODE.fullmatch(piece):
        return [piece]
    raise CodesRefused("not_a_code", _l("%(text)s is no booth code. Type one such as A01.", text=piece[:20]))


def _row(piece: str, prefix: str, low: str, other: str, high: str) -> list[str]:
    """All codes from one end of a row to the other, with as many digits as its first has."""
    if other not in {"", prefix}:
        message = _l("%(piece)s: both ends of a row begin with the same letters.", piece=piece)
        raise CodesRefused("mixed", message)
    first, last = int(low), int(high)
    if last < first:
        raise CodesRefused("backwards", _l("%(piece)s: a row runs from the lower to the higher number.", piece=piece))
    if last - first >= MOST:
        raise _too_many()
    return [f"{prefix}{number:0{len(low)}}" for number in range(first, last + 1)]


def _too_many() -> CodesRefused:
    return CodesRefused("too_many", _l("These are more than %(most)s booths. Add them in parts.", most=MOST))

"""What changed between two texts, word by word: pure."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

WORD = re.compile(r"\s+|\w+|[^\w\s]")
TEXTS = ("heading_vi", "heading_en", "text_vi", "text_en")


class Piece(NamedTuple):
    """Words that stayed, came or went."""

    kind: Literal["same", "new", "gone"]
    text: str


def between(before: str, after: str) -> list[Piece]:
    """Both texts as pieces: those not gone make up ``after``, those not new make up ``before``.

    Blanks alone between changed words count as changed, so that a phrase reads as one change.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    gone = come = ""
    blocks = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    i = k = 0
    for at_old, at_new, size in blocks:
        gone, come = gone + "".join(old[i:at_old]), come + "".join(new[k:at_new])
        same = "".join(old[at_old : at_old + size])
        i, k = at_old + size, at_new + size
        if same.isspace() and (gone or come) and i < len(old) and k < len(new):
            gone, come = gone + same, come + same
            continue
        pieces += [piece for piece in (Piece("gone", gone), Piece("new", come), Piece("same", same)) if piece.text]
        gone = come = ""
    return pieces


def of_clause(before: dict[str, str], after: dict[str, str]) -> dict[str, list[Piece]]:
    """The differences of those parts of a clause that changed."""
    changed = [name for name in TEXTS if before.get(name, "") != after.get(name, "")]
    return {name: between(before.get(name, ""), after.get(name, "")) for name in changed}


def of_texts(before: list[dict[str, str]], after: list[dict[str, str]]) -> list[tuple[int, dict[str, list[Piece]]]]:
    """The clauses that differ, by number, with their differences."""
    length = max(len(before), len(after))
    pairs = [(before[n] if n < len(before) else {}, after[n] if n < len(after) else {}) for n in range(length)]
    return [(n, found) for n, (old, new) in enumerate(pairs, start=1) if (found := of_clause(old, new))]

"""What a scanner, a camera or a hand delivers, and which badge token is in it."""

import re
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, combining, normalize

from techfair.visitors.tokens import FORM

Outcome = Literal["token", "vietnamese_typing", "empty", "other"]

SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")  # ISO/IEC 15424: ]Q1 means that a QR code was read
IN_ADDRESS = re.compile(rf"/B/({FORM.pattern})/?(?:[?#].*)?$")


@dataclass(frozen=True)
class CodeRead:
    """What was read: ``token`` only with the outcome "token"; it is well-formed, its signature unproven.

    "vietnamese_typing" means that the keyboard turned letters of the code into accented ones (Telex, VNI):
    the code cannot be told, but the person can be: switch Vietnamese typing off. "other" is any other code.
    """

    outcome: Outcome
    token: str = ""


def plain_code(received: str) -> str:
    """The code without what scanners put around it: returns, tabs, blanks, separators, symbology marks."""
    is_plain = received.isascii() and received.isprintable()  # as cameras deliver them, thousands a minute
    visible = received if is_plain else "".join(filter(_is_visible, normalize("NFKC", received)))
    return SYMBOLOGY.sub("", visible.strip()).strip()


def read_code(received: str) -> CodeRead:
    """The badge token in what was delivered, whether as an address or bare, in either case of letters."""
    code = plain_code(received).upper()
    if not code:
        return CodeRead("empty")
    if not code.isascii() and any(_is_vietnamese(sign) for sign in code):
        return CodeRead("vietnamese_typing")
    found = IN_ADDRESS.search(code) or FORM.fullmatch(code)
    return CodeRead("token", found[found.re.groups]) if found else CodeRead("other")


def _is_visible(sign: str) -> bool:
    return category(sign) not in {"Cc", "Cf"}


def _is_vietnamese(sign: str) -> bool:
    return sign == "Đ" or any(combining(mark) for mark in normalize("NFD", sign))

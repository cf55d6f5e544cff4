"""Vietnamese text: one stored form, and keys to find and to order it by on any database."""

import re
from collections.abc import Callable
from unicodedata import category, combining, normalize

from flask_babel import lazy_gettext as _l

from techfair.core.refusal import InputRefused

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# They change how the text around them is shown, or show nothing at all: no place in a name or a contract.
INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02b9\u02bb\u02bc\u2032\u00b4`\uff07]")
# Ð (eth) and Ɖ look like Đ and are typed for it by old keyboards; none of the three decomposes.
DE = {"đ": "d", "ð": "d", "ɖ": "d"}
SEARCHED_SIGNS = frozenset("+#%")  # C++, C#, 50%

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn make another letter, not a tone
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
FOREIGN_MARK = 6


class Signs(dict[int, str | None]):
    """What ``str.translate`` makes of each sign by a rule that is asked once for a sign: there are few of them."""

    def __init__(self, rule: Callable[[str], str | None]) -> None:
        super().__init__()
        self.rule = rule

    def __missing__(self, code: int) -> str | None:
        self[code] = self.rule(chr(code))
        return self[code]


def nfc(text: str) -> str:
    """The one form in which text is stored: letters composed."""
    return normalize("NFC", text)


def clean_text(text: str) -> str:
    """Text as it is stored: composed, without control characters and outer blanks, line breaks kept.

    A vertical tab, as Word writes it, is a line break; a tab is a blank. Raises InputRefused for
    U+0000, which no database of ours holds: who sends it sends no text.
    """
    if "\x00" in text:
        raise InputRefused("null_character", _l("This text holds a character that cannot be stored (U+0000)."))
    lines = LINE_BREAKS.sub("\n", nfc(text)).replace("\t", " ")
    return "".join(sign for sign in lines if _is_stored(sign)).strip()


def clean_line(text: str) -> str:
    """``clean_text`` on one line: every run of blanks and line breaks is a single blank."""
    return " ".join(clean_text(text).split())


def unaccented(text: str) -> str:
    """Lower case, accents off, đ as d; every other sign stays (fold a key with ``search_key`` instead)."""
    folded = normalize("NFKD", normalize("NFKD", text).casefold())
    return nfc(folded.translate(UNACCENTED))


def search_key(text: str) -> str:
    """What search compares: lower case, accents off, đ as d, apostrophes gone, other signs as blanks.

    Both normal forms of a text give the same key, and the key of a key is itself. Hangul stays whole.
    """
    letters = APOSTROPHES.sub("", unaccented(APOSTROPHES.sub("", nfc(text))))
    return " ".join(letters.translate(SEARCHED).split())


def sort_key(full_name: str) -> str:
    """A string of digits that orders names the Vietnamese way: by the last word, then from the first on.

    Within a word the letters decide (a ă â b … y z, then other scripts), after them the tones (ngang,
    huyền, hỏi, ngã, sắc, nặng). Digits, because every collation of every database orders them alike.
    """
    words = nfc(full_name).casefold().split()
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def reading_key(name: str) -> str:
    """The same for names of companies and people among one another: from the first word on."""
    return "".join(_word_key(word) for word in nfc(name).casefold().split())


def _is_stored(sign: str) -> bool:
    if sign == "\n":
        return True
    return category(sign) not in {"Cc", "Cs"} and sign not in INVISIBLE and ord(sign) & 0xFFFE != 0xFFFE


def _is_searched(sign: str) -> bool:
    return sign in SEARCHED_SIGNS or category(sign)[0] in "LNM"


UNACCENTED = Signs(lambda sign: None if combining(sign) else DE.get(sign, sign))
SEARCHED = Signs(lambda sign: sign if _is_searched(sign) else " ")


def _word_key(word: str) -> str:
    weighed = [_weigh(sign) for sign in word if category(sign)[0] in "LN"]
    return "".join(letter for letter, _ in weighed) + "0" + "".join(str(tone) for _, tone in weighed)


def _weigh(sign: str) -> tuple[str, int]:
    """A composed letter's place, and its tone; places are prefix-free, so that keys compare by letters."""
    decomposed = normalize("NFD", sign)
    base, marks = decomposed[0], decomposed[1:]
    letter = nfc(base + "".join(mark for mark in marks if mark in SHAPES))
    tone = max((TONES.get(mark, FOREIGN_MARK) for mark in marks if mark not in SHAPES), default=0)
    if letter in ALPHABET:
        return f"2{ALPHABET.index(letter):02}", tone
    if sign.isdecimal() and sign.isascii():
        return f"1{sign}", 0
    return f"3{ord(sign):07}", 0

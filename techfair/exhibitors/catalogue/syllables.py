"""Words as Vietnamese keyboards give them: syllables, Telex keys, sounds that are mistaken, letters that slip.

All of it works on folded words (lower case, accents off, đ as d). Nothing here knows any subject.
"""

import re
from functools import lru_cache

ONSETS = [
    "b",
    "ch",
    "c",
    "d",
    "gh",
    "gi",
    "g",
    "h",
    "kh",
    "k",
    "l",
    "m",
    "ngh",
    "ng",
    "nh",
    "n",
    "ph",
    "p",
    "qu",
    "r",
    "s",
    "th",
    "tr",
    "t",
    "v",
    "x",
]
RIMES = [
    "a",
    "ac",
    "ach",
    "ai",
    "am",
    "an",
    "ang",
    "anh",
    "ao",
    "ap",
    "at",
    "au",
    "ay",
    "e",
    "ec",
    "ech",
    "em",
    "en",
    "eng",
    "enh",
    "eo",
    "ep",
    "et",
    "eu",
    "i",
    "ia",
    "ich",
    "iec",
    "iem",
    "ien",
    "ieng",
    "iep",
    "iet",
    "ieu",
    "im",
    "in",
    "inh",
    "ip",
    "it",
    "iu",
    "o",
    "oa",
    "oac",
    "oach",
    "oai",
    "oam",
    "oan",
    "oang",
    "oanh",
    "oao",
    "oap",
    "oat",
    "oay",
    "oc",
    "oe",
    "oem",
    "oen",
    "oeo",
    "oet",
    "oi",
    "om",
    "on",
    "ong",
    "ooc",
    "oong",
    "op",
    "ot",
    "u",
    "ua",
    "uac",
    "uan",
    "uang",
    "uat",
    "uau",
    "uay",
    "uc",
    "ue",
    "uech",
    "uenh",
    "ui",
    "um",
    "un",
    "ung",
    "uoc",
    "uoi",
    "uom",
    "uon",
    "uong",
    "uop",
    "uot",
    "uou",
    "up",
    "ut",
    "uu",
    "uy",
    "uya",
    "uych",
    "uyen",
    "uyet",
    "uyn",
    "uynh",
    "uyt",
    "uyu",
    "y",
    "yem",
    "yen",
    "yeng",
    "yet",
    "yeu",
]
SYLLABLE = re.compile(f"(?:{'|'.join(ONSETS)})?(?:{'|'.join(RIMES)})")
TELEX_SHAPES = re.compile("aa|ee|oo")  # â ê ô
TELEX_HORNS = re.compile("([auo])w")  # ă ư ơ
TELEX_TONE = re.compile("(?<=[aeiouy])([a-z]*?)[sfrxj]([a-z]*)$")
# Written in one way and in another for one sound, or for two that many speakers do not tell apart.
SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("^ngh"), "ng"),
    (re.compile("^gh"), "g"),
    (re.compile("^tr"), "ch"),
    (re.compile("^gi(?=[aeou])"), "d"),
    (re.compile("^[rz]"), "d"),
    (re.compile("^qu"), "cu"),
    (re.compile("^k(?!h)"), "c"),
    (re.compile("x"), "s"),
    (re.compile("y"), "i"),
)
ENDINGS = ("ings", "ing", "ers", "er", "ies", "ied", "es", "ed", "s", "e", "y")  # of English words
REMEMBERED = 100_000


@lru_cache(REMEMBERED)
def is_syllable(word: str) -> bool:
    """Whether a Vietnamese syllable is written so."""
    return bool(SYLLABLE.fullmatch(word))


@lru_cache(REMEMBERED)
def from_telex(word: str) -> str:
    """The syllable whose Telex keys ``word`` is ("saays" is "say", from sấy); empty where it is none."""
    if not (word.isascii() and word.isalpha()):
        return ""
    shaped = TELEX_SHAPES.sub(lambda keys: keys[0][0], word.replace("dd", "d"))
    shaped = TELEX_HORNS.sub(r"\1", shaped).replace("w", "u")
    for reading in (TELEX_TONE.sub(r"\1\2", shaped), shaped):
        if reading != word and is_syllable(reading):
            return reading
    return ""


@lru_cache(REMEMBERED)
def sound(word: str) -> str:
    """What words that are easily written for one another have in common ("truy xuat", "truy suat")."""
    for written, heard in SOUNDS:
        word = written.sub(heard, word)
    return word


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """An English word without its ending; a Vietnamese syllable has none and stays."""
    if len(word) < 4 or not word.isalpha() or is_syllable(word):
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _single_end(word[: -len(ending)])
    return word


def _single_end(stem: str) -> str:
    """ "stopp" (of stopping) is "stop", "fill" stays."""
    is_doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "ls"
    return stem[:-1] if is_doubled else stem


def is_near(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two swapped turn one word into the other."""
    if len(one) == len(other):
        places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(places) == 1 or _is_swap(one, other, places)
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    same = next((place for place in range(len(short)) if short[place] != long[place]), len(short))
    return short[same:] == long[same + 1 :]


def _is_swap(one: str, other: str, places: list[int]) -> bool:
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return one[first] == other[second] and one[second] == other[first]

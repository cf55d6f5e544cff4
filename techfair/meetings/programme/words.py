"""What kinds of participants are called, and the languages in which meetings are held."""

from babel import Locale
from flask_babel import lazy_gettext as _l

from techfair.core.languages import language

KIND_WORDS = {
    "exhibitor": _l("Exhibitor"),
    "investor": _l("Investor"),
    "delegate": _l("Delegate"),
    "visitor": _l("Visitor"),
}
GOAL_WORDS = {
    "weight": _l("As many meetings as possible"),
    "alone": _l("Nobody without a meeting"),
    "gaps": _l("Few idle times between meetings"),
    "wishes": _l("Wishes for other times in the draft"),
    "times": _l("Times that participants would rather have"),
    "walks": _l("Short walks between meetings"),
    "changes": _l("Few changes of table"),
}
GOAL_HINTS = {
    "weight": _l("One that a side calls most important counts twice, one that all call so three times."),
    "times": _l("Each names them among their own times; nobody has to."),
    "walks": _l(
        "By the floor plan, from each meeting to the next: between own booths, and rooms that have their place on it."
    ),
    "changes": _l("That people stay at one table through their meetings; booths do not count."),
}
LANGUAGES = ("vi", "en", "ko", "ja", "zh", "fr", "de", "ru", "lo", "km", "th", "id")


def language_name(code: str) -> str:
    """A language in the reader's words; a code that is not known is shown as it is."""
    name: str = Locale.parse(language()).languages.get(code, code)
    return name[:1].upper() + name[1:]


def language_names(codes: list[str]) -> str:
    return ", ".join(map(language_name, codes))


def pair_name(pair: str) -> str:
    """Two languages between which somebody interprets: "Korean – Vietnamese"."""
    return " – ".join(map(language_name, pair.split("-")))

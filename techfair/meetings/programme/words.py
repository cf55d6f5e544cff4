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
AIM_WORDS = {
    "meetings": _l("As many meetings as possible; then nobody without one; then few idle times"),
    "everyone": _l("Nobody without a meeting; then as many as possible; then few idle times"),
    "gaps": _l("As many meetings as possible; then few idle times; then nobody without one"),
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

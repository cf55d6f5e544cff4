"""What a side may say of a meeting."""

from flask_babel import lazy_gettext as _l

INTEREST_WORDS = {"none": _l("None"), "some": _l("Some"), "strong": _l("Strong")}
STEP_WORDS = {
    "none": _l("Nothing further"),
    "call": _l("Talk again"),
    "visit": _l("Visit on site"),
    "trial": _l("Sample or trial"),
    "quote": _l("Quotation"),
    "memorandum": _l("Memorandum"),
    "contract": _l("Contract"),
}
VALUE_WORDS = {
    "unknown": _l("Too early to say"),
    "below_1": _l("Below VND 1 billion"),
    "1_to_10": _l("VND 1 to 10 billion"),
    "10_to_100": _l("VND 10 to 100 billion"),
    "above_100": _l("Above VND 100 billion"),
}

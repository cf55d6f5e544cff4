"""The words of the floor plan, and those that its editor says in the browser."""

from flask_babel import lazy_gettext as _l

from techfair.fairs.words import BOOTH_CATEGORIES

FEATURES = {
    "aisle": _l("Aisle"),
    "entrance": _l("Entrance"),
    "power": _l("Power"),
    "water": _l("Water"),
    "zone": _l("Zone of a sector"),
    "other": _l("Something else"),
}
# In braces stand the values that the browser puts in.
EDITOR = {
    "selected_booth": _l("Booth {code}, column {column}, row {row}, {width} by {height} squares"),
    "selected_feature": _l("{kind}, column {column}, row {row}, {width} by {height} squares"),
    "selected_many": _l("{count} things are selected"),
    "selected_none": _l("Nothing is selected"),
    "deleted": _l("Deleted: {what}"),
    "outside": _l("{code} stands outside the hall."),
    "overlap": _l("{code} stands on {other}."),
    "in_the_way": _l("{code} stands on an aisle or an entrance."),
    "double_code": _l("{code} is the code of two booths."),
    "bad_code": _l("{code} is no booth code. Type one such as A01."),
    "saving": _l("Saving …"),
    "saved": _l("Saved."),
    "not_saved": _l("Not saved yet"),
    "no_network": _l("The server did not answer. What is drawn stays here; save again."),
    "merged": _l("Somebody else changed this hall meanwhile. Their changes stand on your drawing now; save again."),
    "both_changed": _l("Both of you changed these, and yours stand here: {what}"),
    "both_deleted": _l("They changed what you deleted, so it stands here again: {what}"),
    "faults": _l("This cannot be saved yet"),
    "count": _l("{count} booths, {area} m²"),
    "no_room": _l("There is no room for that inside the hall."),
    "undone": _l("Undone"),
    "redone": _l("Done again"),
    "blocked": _l("blocked"),
}


def editor_words() -> dict[str, str]:
    """Everything that the editor says by itself, in the reader's language."""
    kinds = {f"kind_{name}": str(word) for name, word in {**FEATURES, **BOOTH_CATEGORIES}.items()}
    return {name: str(word) for name, word in EDITOR.items()} | kinds

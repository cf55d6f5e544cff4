"""Two versions of one record side by side, where somebody saved while another was typing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Form


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed and what is saved differ, both as people read them."""

    label: str
    typed: str
    saved: str


def differences(form: Form, saved: Mapping[str, Any]) -> list[Difference]:
    """The fields whose typed value is another than the saved one, in the form's order."""
    those = [(field, saved[field.short_name]) for field in form if field.short_name in saved]
    read = [(str(field.label.text), shown(field, field.data), shown(field, value)) for field, value in those]
    return [Difference(*row) for row in read if row[0] and row[1] != row[2]]


def shown(field: Any, value: Any) -> str:
    """The value of a field as people read it: choices by their words."""
    if isinstance(value, (list, tuple)):
        return ", ".join(sorted(shown(field, one) for one in value))
    if field.type == "BooleanField":
        return str(_("yes") if value else _("no"))
    names = {str(one.value): str(one.label) for one in getattr(field, "choices", None) or ()}
    text = "" if value is None else str(value)
    return names.get(text, text)

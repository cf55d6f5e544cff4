"""What is typed about what is kept back: levels, a purpose, a name below a promise, a decision."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from techfair.core.fields import Line, Paragraphs, choices_of
from techfair.exhibitors.disclosure import words
from techfair.exhibitors.disclosure.parts import LABELS


class LevelsForm(FlaskForm):
    """For each part of a technology who sees it."""

    @property
    def levels(self) -> dict[str, str]:
        return {part: self._fields[part].data for part in LABELS if self._fields[part].data != "public"}


for _part, _label in LABELS.items():
    setattr(LevelsForm, _part, SelectField(_label, choices=choices_of(words.LEVELS.items()), default="public"))


def levels_form(levels: Mapping[str, Any]) -> LevelsForm:
    return LevelsForm(data=dict(levels))


class AskForm(FlaskForm):
    """Why somebody wants to see it."""

    organisation = Line(_l("Organisation"))
    purpose = Paragraphs(
        _l("What you want to see it for"), most=1000, needed=_l("Say what for: the company decides by it.")
    )


class SignForm(FlaskForm):
    """One's name typed below the text that was read."""

    read = HiddenField()
    name = Line(_l("Your full name"), needed=_l("Type your full name."))

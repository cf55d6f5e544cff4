"""What a pure core says when it cannot take what a person gave."""

from flask_babel.speaklater import LazyString
from wtforms.validators import ValidationError


class InputRefused(ValidationError):
    """Typed or uploaded matter that is refused: ``reason`` for machines, ``message`` for people.

    The message is lazy, so it speaks the language of whoever reads it later, and stands first in
    ``args``: a WTForms validator may let this error pass and the field shows the message.
    """

    def __init__(self, reason: str, message: LazyString | str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

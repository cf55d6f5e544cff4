"""What organizers type in the queue."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from techfair.core.fields import Paragraphs


class NoteForm(FlaskForm):
    """A note among organizers."""

    text = Paragraphs(_l("New note"), most=2000, needed=_l("Type what you want to note."))


class BatchForm(FlaskForm):
    """The reason of a decision about many."""

    reason = Paragraphs(_l("Reason, sent to each company"), most=2000)

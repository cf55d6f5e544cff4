"""What is typed to link a phone."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Regexp


class LinkForm(FlaskForm):
    """The one-time code, from the mail or from the desk."""

    code = StringField(
        _l("One-time code"),
        [
            InputRequired(_l("Type the six digits from the mail or from the desk.")),
            Regexp(r"^[0-9]{6}$", message=_l("The code has six digits.")),
        ],
        filters=[lambda text: "".join((text or "").split())],
    )

"""What a person may type about an agreement beside its deal, whose forms stand in ``deal/forms.py``."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Regexp, ValidationError

from techfair.agreements.marks import read_mark
from techfair.agreements.stamps import Mark
from techfair.core.fields import Line, Paragraphs


class CodeForm(FlaskForm):
    """The code from the mail."""

    code = StringField(
        _l("Code from the mail"),
        [
            InputRequired(_l("Type the six digits from the mail.")),
            Regexp(r"^\d{6}$", message=_l("The code has six digits.")),
        ],
        filters=[lambda text: "".join((text or "").split())],
    )
    typed = Line(_l("Your signature in letters"), most=80)
    strokes = HiddenField()

    def mark(self, name: str) -> Mark:
        """How the signer signs visibly; raises DrawingRefused."""
        return read_mark(self.strokes.data or "", self.typed.data or name)


class CertificateForm(FlaskForm):
    """The signer's own certificate; neither file nor password is kept."""

    certificate = FileField(_l("Certificate file (.p12 or .pfx)"))
    password = PasswordField(_l("Password of the file"))

    def validate_certificate(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose your certificate file."))


class ReasonForm(FlaskForm):
    """Why something is refused or ended; all parties read it."""

    reason = Paragraphs(_l("Reason"), most=500, needed=_l("Say why, so that the other party understands."))


class UploadForm(FlaskForm):
    """A signed PDF to verify."""

    file = FileField(_l("The signed PDF, or an attachment"))

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose the signed PDF."))

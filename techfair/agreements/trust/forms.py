"""What administrators and organizers hand in about trust: certificates, lists, the organisation's key."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, PasswordField
from wtforms.validators import ValidationError


class _OneFile(FlaskForm):
    """A form of one file, which must be there."""

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))


class AnchorForm(_OneFile):
    file = FileField(_l("Certificate of the authority (PEM or DER)"))


class ListForm(_OneFile):
    file = FileField(_l("List of withdrawn certificates (CRL)"))


class SealForm(_OneFile):
    """The organisation's certificate with its key; the key is kept encrypted, the password not at all."""

    file = FileField(_l("Certificate file (.p12 or .pfx)"))
    password = PasswordField(_l("Password of the file"))

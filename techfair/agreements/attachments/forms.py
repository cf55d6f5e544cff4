"""Files to attach, judged by their content."""

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField
from wtforms.validators import ValidationError

from techfair.agreements.attachments.attaching import Sent
from techfair.agreements.attachments.models import MOST
from techfair.core.refusal import InputRefused
from techfair.core.uploads import PDF_BYTES, read_paper
from techfair.core.vietnamese import clean_line


class AttachmentForm(FlaskForm):
    """One file or several; what is good of them is kept only when all are."""

    files = MultipleFileField(_l("Files: PDF, JPEG or PNG"))

    def validate_files(self, field: MultipleFileField) -> None:
        given = [one for one in field.data or [] if one and one.filename]
        if not given:
            raise ValidationError(_l("Choose a file."))
        if len(given) > MOST:
            raise ValidationError(_l("An agreement takes up to %(most)s attachments.", most=MOST))
        self.sent: list[Sent] = []
        for upload in given:
            name = clean_line(upload.filename)[-120:]
            try:
                paper = read_paper(upload, max_bytes=PDF_BYTES)
            except InputRefused as refusal:
                raise ValidationError(f"{name}: {refusal.message}") from refusal
            digest = current_app.extensions["files"].put(paper.data)
            self.sent.append(Sent(digest, name, paper.media_type, len(paper.data)))

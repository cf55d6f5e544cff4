"""Papers that people send with a form: judged by content, and kept while another field of the form is wrong."""

from dataclasses import astuple, dataclass

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField
from wtforms.validators import ValidationError

from techfair.core import links
from techfair.core.errors import TechfairError
from techfair.core.uploads import read_paper
from techfair.core.vietnamese import clean_line

KEPT_DAYS = 2
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class KeptPaper:
    """A file that is kept already, with the name that it had."""

    digest: str
    name: str
    media_type: str
    size: int


class SendsPapers:
    """Of a form with several papers in ``files``: what came with an earlier sending of it, and what comes now."""

    files: MultipleFileField
    kept = HiddenField()
    papers: list[KeptPaper]

    def take_papers(self, purpose: str, *, most: int, max_bytes: int) -> None:
        """Put what was sent into ``papers``, each file once, in order; raises ValidationError and keeps the good."""
        self.papers = self._kept_before(purpose)
        try:
            for upload in [one for one in self.files.data or [] if one and one.filename]:
                paper = read_paper(upload, max_bytes=max_bytes)
                digest = current_app.extensions["files"].put(paper.data)
                name = clean_line(upload.filename)[-120:]
                self.papers.append(KeptPaper(digest, name, paper.media_type, len(paper.data)))
        finally:
            self.papers = list({one.digest: one for one in self.papers}.values())
            self.kept.data = links.sign(purpose, [astuple(one) for one in self.papers[:most]])
        if len(self.papers) > most:
            raise ValidationError(_l("Send up to %(most)s files.", most=most))

    def _kept_before(self, purpose: str) -> list[KeptPaper]:
        try:
            return [KeptPaper(*one) for one in links.read(purpose, self.kept.data or "", days=KEPT_DAYS)]
        except TechfairError:
            return []

"""The pages of documents: the company adds and removes them, readers download those that are for everyone."""

from flask import Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import FileField, RadioField
from wtforms.validators import ValidationError

from techfair.core import access
from techfair.core.fields import Line, choices_of
from techfair.core.uploads import read_pdf
from techfair.exhibitors import front
from techfair.exhibitors.disclosure.words import LEVELS
from techfair.exhibitors.documents import deeds
from techfair.exhibitors.documents.models import RecordDocument
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, me, show_fair_of
from techfair.exhibitors.permanent import queries as known
from techfair.exhibitors.permanent.pages import bp as lasting
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

MOST = 10
ADDRESS = '/<any("technologies", "needs", "companies"):folder>'
MODELS: dict[str, type[deeds.Record]] = {"technologies": Technology, "needs": Need, "companies": Company}
PLACES = {"companies": "exhibitor_own.profile"}  # in the rail, where it is another than the folder
OF_COMPANIES = {"public": LEVELS["public"], "organizer": _l("For the organizers of our fairs only")}
LEVEL_WORDS = LEVELS | OF_COMPANIES


class DocumentForm(FlaskForm):
    """A PDF, what it is called, and who gets it."""

    title_vi = Line(_l("Title in Vietnamese"), needed=_l("Give it a title."))
    title_en = Line(_l("Title in English"))
    level = RadioField(_l("Who gets it"), choices=choices_of(LEVELS.items()), default="public")
    file = FileField(_l("Document (PDF)"))
    data_read: bytes = b""

    def __init__(self, folder: str) -> None:
        super().__init__()
        if folder == "needs":
            del self.level  # all for everyone
        elif folder == "companies":
            self.level.choices = choices_of(OF_COMPANIES.items())

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))
        self.data_read = read_pdf(field.data)


@bp.route(f"{ADDRESS}/<ref>/documents", methods=["GET", "POST"])
def documents(folder: str, ref: str) -> ResponseReturnValue:
    """The documents of a record or of the company itself, and a form for one more."""
    record = access.fetch(MODELS[folder], public_ref=ref, to="edit")
    company = record if isinstance(record, Company) else db.session.get_one(Company, record.company_id)
    show_fair_of(company)
    form, mine = DocumentForm(folder), deeds.of(record)
    if form.validate_on_submit() and len(mine) < MOST:
        return _added(folder, record, form)
    told = {"record": record, "folder": folder, "documents": mine, "most": MOST, "levels": LEVEL_WORDS}
    front.show_own_rail(PLACES.get(folder, folder))
    return render_template("exhibitors/own_documents.html", form=form, **told), 422 if form.errors else 200


def _added(folder: str, record: deeds.Record, form: DocumentForm) -> ResponseReturnValue:
    values = {"title_vi": form.title_vi.data, "title_en": form.title_en.data or ""}
    level = form.level.data if form.level else "public"
    digest = current_app.extensions["files"].put(form.data_read)
    if deeds.add(record, me(), digest=digest, size=len(form.data_read), level=level, **values):
        flash(_("Document added."), "good")
    else:
        flash(_("This document is there already."), "info")
    db.session.commit()
    return redirect(url_for(".documents", folder=folder, ref=record.public_ref), 303)


@bp.post(f"{ADDRESS}/documents/<int:id>/remove")
def remove_document(folder: str, id: int) -> ResponseReturnValue:
    """Take a document away."""
    document = access.fetch(RecordDocument, id, to="edit", options=deeds.WITH_RECORD)
    ref = document.record.public_ref
    deeds.remove(document, me())
    flash(_("Document removed."), "info")
    db.session.commit()
    return redirect(url_for(".documents", folder=folder, ref=ref), 303)


@lasting.get(f"{ADDRESS}/<ref>/documents/<int:id>.pdf")
def document(folder: str, ref: str, id: int) -> ResponseReturnValue:
    """A document to download, judged anew each time: never shown within our pages, never kept by others.

    Where its record has no lasting page yet, for those alone who prepare it.
    """
    record = _record(MODELS[folder], ref)
    document = access.fetch(RecordDocument, id, to="see", options=deeds.WITH_RECORD, **deeds.belongs_to(record))
    data = current_app.extensions["files"].read(document.digest)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{record.public_ref}-{document.id}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _record(model: type[deeds.Record], ref: str) -> deeds.Record:
    """Whose document is asked for; a company's own say themselves who gets them, also before it is known."""
    if issubclass(model, Company):
        return db.session.scalars(select(model).filter_by(public_ref=ref)).one_or_none() or abort(404)
    record: deeds.Record = known.record(model, ref) or access.fetch(model, public_ref=ref, to="read")
    return record

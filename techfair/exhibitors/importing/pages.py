"""The exhibitor's pages on which records come from a file and go into one."""

from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.validators import ValidationError

from techfair.core.files import FileMissing
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import FILE_BYTES, XLSX
from techfair.exhibitors import queries
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.importing import columns, judging, reading, storing, writing
from techfair.exhibitors.importing.judging import Listed
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, current_company, me, show_fair_of
from techfair.exhibitors.own_records import ADDRESS, Kind, records_place
from techfair.extensions import db

ROWS_SHOWN = 200
SHOWN = ("public_ref", "company", "title_vi", "sectors")  # further columns are named only where they are wrong


class RecordsForm(FlaskForm):
    """The file that holds the records."""

    folder = "technologies"
    file = FileField(_l("The file (.xlsx, .csv or .json)"))
    data_read: bytes = b""

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))
        self.data_read = field.data.read(FILE_BYTES + 1)
        reading.read(self.data_read, self.folder)


def own_company() -> Company:
    """The company whose records these are; only its managers import."""
    company = current_company("edit")
    if company is None:
        abort(404)
    show_fair_of(company)
    return company


def form_of(folder: str) -> RecordsForm:
    form = RecordsForm()
    form.folder = folder
    return form


def stored_file(file: str) -> bytes:
    """A file sent before; an address that names none is no address."""
    try:
        return bytes(current_app.extensions["files"].read(file))
    except FileMissing:
        abort(404)


def wanted_rows() -> list[int] | None:
    return request.form.getlist("row", type=int) if request.form.get("which") == "ticked" else None


def shown(folder: str, listed: list[Listed]) -> dict[str, Any]:
    """What a preview shows: the counts, the columns, the first rows of each kind."""
    bad = [one for one in listed if one.deed == "refuse"]
    good = [one for one in listed if one.is_good]
    numbers = {"all": len(listed), "bad": len(bad), "good": len(good), "chosen": sum(one.is_chosen for one in good)}
    numbers["same"] = len(listed) - len(bad) - len(good)
    labels = {column.name: column.label for column in reading.all_columns(folder)}
    if folder == "technologies":
        labels["picture"] = _("Picture")
    return {"numbers": numbers, "labels": labels, "bad": bad[:ROWS_SHOWN], "good": good[:ROWS_SHOWN]}


def tell(made: int, changed: int) -> None:
    flash(_("%(made)s drafts made, %(changed)s records changed.", made=made, changed=changed), "good")


def file_answer(data: bytes, name: str, kind: str) -> Response:
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.route(f"{ADDRESS}/import", methods=["GET", "POST"])
@records_place
def import_records(kind: Kind) -> ResponseReturnValue:
    """Send a file; nothing is stored of it before the preview."""
    own_company()
    form = form_of(kind.folder)
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".preview_records", folder=kind.folder, file=file), 303)
    listed = [column.label for column in columns.OF[kind.folder]]
    page = render_template("exhibitors/import.html", form=form, folder=kind.folder, columns=listed)
    return page, 422 if form.errors else 200


@bp.get(f"{ADDRESS}/import/template.xlsx")
@records_place
def records_template(kind: Kind) -> ResponseReturnValue:
    """An empty table with the headings."""
    own_company()
    return file_answer(writing.template(_title(kind.folder), kind.folder, False), f"{kind.folder}.xlsx", XLSX)


@bp.get(f"{ADDRESS}/mine.<any('xlsx', 'json'):ending>")
@records_place
def export_records(kind: Kind, ending: str) -> ResponseReturnValue:
    """All of the company's records, drafts too, in a file that can be imported again."""
    company = own_company()
    mine = parts.wholes(queries.records_of(kind.model, company.id))
    if ending == "json":
        return file_answer(writing.as_json(kind.folder, mine), f"{kind.folder}.json", "application/json")
    return file_answer(writing.sheet(_title(kind.folder), kind.folder, mine), f"{kind.folder}.xlsx", XLSX)


@bp.route(f"{ADDRESS}/import/<file>", methods=["GET", "POST"])
@records_place
def preview_records(kind: Kind, file: str) -> ResponseReturnValue:
    """What the file holds and what importing each row would do; import all good rows or those ticked."""
    company = own_company()
    if request.method == "POST":
        storing.one_at_a_time()
    listed = _judged(file, kind.folder, company)
    is_missing = False
    if request.method == "POST":
        if rows := storing.chosen(listed, wanted_rows()):
            tell(*storing.store(kind.folder, rows, me()))
            db.session.commit()
            return redirect(url_for(f".{kind.folder}"), 303)
        is_missing = True
    again = url_for(".import_records", folder=kind.folder)
    context = shown(kind.folder, listed)
    names = [name for name in SHOWN if name != "company"]
    page = render_template(
        "exhibitors/import_preview.html", is_missing=is_missing, again=again, names=names, folder=kind.folder, **context
    )
    return page, 422 if is_missing else 200


def _judged(file: str, folder: str, company: Company) -> list[Listed]:
    try:
        return judging.of_company(stored_file(file), folder, company)
    except InputRefused:  # a digest of something else
        abort(404)


def _title(folder: str) -> str:
    return str(_("Technologies") if folder == "technologies" else _("Technology needs"))

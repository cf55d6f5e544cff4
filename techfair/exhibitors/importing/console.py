"""The organizer's pages on which records of named exhibitors come from one file."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import XLSX
from techfair.exhibitors import queries
from techfair.exhibitors.console import fair_of
from techfair.exhibitors.importing import columns, judging, pages, storing, writing
from techfair.exhibitors.importing.judging import Listed
from techfair.extensions import db
from techfair.fairs.models import Fair

ADDRESS = '/<any("technologies", "needs"):folder>'
bp = access.signed_in(
    Blueprint("record_import_console", __name__, url_prefix="/organizer/fairs/<slug>/exhibitors/import")
)
GRANT = "exhibitors"


@bp.route(ADDRESS, methods=["GET", "POST"])
def index(slug: str, folder: str) -> ResponseReturnValue:
    """Send a file of records, each naming its exhibitor."""
    fair_of(slug, GRANT)
    form = pages.form_of(folder)
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".preview", slug=slug, folder=folder, file=file), 303)
    listed = [columns.COMPANY.label, *(column.label for column in columns.OF[folder])]
    page = render_template("exhibitors/console_import.html", form=form, folder=folder, columns=listed)
    return page, 422 if form.errors else 200


@bp.get(f"{ADDRESS}/template.xlsx")
def template(slug: str, folder: str) -> ResponseReturnValue:
    """An empty table with the headings, the company's among them."""
    fair_of(slug, GRANT)
    title = _("Technologies") if folder == "technologies" else _("Technology needs")
    return pages.file_answer(writing.template(title, folder, True), f"{folder}.xlsx", XLSX)


@bp.route(f"{ADDRESS}/<file>", methods=["GET", "POST"])
def preview(slug: str, folder: str, file: str) -> ResponseReturnValue:
    """What the file holds; import all good rows or those ticked as drafts of their companies."""
    fair = fair_of(slug, GRANT)
    if request.method == "POST":
        storing.one_at_a_time()
    listed = _judged(fair, file, folder)
    is_missing = False
    if request.method == "POST":
        if rows := storing.chosen(listed, pages.wanted_rows()):
            pages.tell(*storing.store(folder, rows, current_user._get_current_object()))
            db.session.commit()
            return redirect(url_for(".index", slug=slug, folder=folder), 303)
        is_missing = True
    page = render_template(
        "exhibitors/console_import_preview.html",
        is_missing=is_missing,
        again=url_for(".index", slug=slug, folder=folder),
        names=pages.SHOWN,
        folder=folder,
        **pages.shown(folder, listed),
    )
    return page, 422 if is_missing else 200


def _judged(fair: Fair, file: str, folder: str) -> list[Listed]:
    exhibitors = [exhibitor.company for exhibitor in queries.all_exhibitors(fair)]
    try:
        return judging.of_companies(pages.stored_file(file), folder, exhibitors)
    except InputRefused:
        abort(404)

"""The organizer's pages on which people are registered from a spreadsheet."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.validators import ValidationError

from techfair.core import access, jobs
from techfair.core.files import FileMissing
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import FILE_BYTES
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import importing
from techfair.visitors.listing import COLUMN_WORDS, ListedPerson, read_list, template
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_WORDS

bp = access.signed_in(Blueprint("import_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors/import"))
ROWS_SHOWN = 200  # of each kind; a longer list is imported whole or in parts


class ListForm(FlaskForm):
    """The file that holds the list."""

    needs_contact = True
    list = FileField(_l("The list (.xlsx or .csv)"))
    data_read: bytes = b""

    def validate_list(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))
        self.data_read = field.data.read(FILE_BYTES + 1)
        read_list(self.data_read, self.needs_contact)


def _people(fair: Fair, file: str) -> list[ListedPerson]:
    try:
        return importing.open_list(fair, file)
    except (FileMissing, InputRefused):  # an address made up, or of a file that is no list
        abort(404)


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Send a list; how far the last import is."""
    fair, form = fair_of(slug), ListForm()
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".preview", slug=slug, file=file), 303)
    last = jobs.last("import_people", fair.id)
    page = render_template("visitors/import.html", form=form, job=last, columns=COLUMN_WORDS, kinds=KIND_WORDS)
    return page, 422 if form.errors else 200


@bp.get("/template.csv")
def empty_list(slug: str) -> ResponseReturnValue:
    """An empty list with the headings."""
    fair_of(slug)
    answer = Response(template(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_("list")}.csv"'
    return answer


@bp.route("/<file>", methods=["GET", "POST"])
def preview(slug: str, file: str) -> ResponseReturnValue:
    """What the list holds, bad rows first; import all good rows or those ticked."""
    fair = fair_of(slug)
    people = _people(fair, file)
    is_missing = False
    if request.method == "POST":
        rows = request.form.getlist("row", type=int) if request.form.get("which") == "ticked" else None
        if wanted := importing.chosen(people, rows):
            jobs.start("import_people", by=current_user, fair_id=fair.id, total=len(wanted), file=file, rows=rows)
            db.session.commit()
            return redirect(url_for(".index", slug=slug), 303)
        is_missing = True
    page = render_template("visitors/import_preview.html", file=file, is_missing=is_missing, **shown_list(people))
    return page, 422 if is_missing else 200


def shown_list(people: list[ListedPerson]) -> dict[str, Any]:
    """What the preview of a list shows: the counts, the first bad rows and the first good ones."""
    good = [person for person in people if person.is_good]
    bad = [person for person in people if not person.is_good]
    counts = {"all": len(people), "good": len(good), "bad": len(bad), "chosen": sum(p.is_chosen for p in people)}
    tables = {"bad": bad[:ROWS_SHOWN], "good": good[:ROWS_SHOWN]}
    return {"counts": counts, "columns": COLUMN_WORDS, "kinds": KIND_WORDS, **tables}


@bp.get("/progress")
def progress(slug: str) -> ResponseReturnValue:
    """The state of the last import, for the page that waits."""
    return render_template("visitors/_importing.html", job=jobs.last("import_people", fair_of(slug).id) or abort(404))


@bp.post("/stop")
def stop(slug: str) -> ResponseReturnValue:
    """End the last import after its present part; who is registered stays registered."""
    if job := jobs.last("import_people", fair_of(slug).id):
        jobs.stop(job)
    db.session.commit()
    return redirect(url_for(".index", slug=slug), 303)

"""The organizer's pages on which connections come from a file, and two that may be one stand side by side."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.validators import ValidationError

from techfair.core import access, pages
from techfair.core.files import FileMissing
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import FILE_BYTES, XLSX, write_sheet
from techfair.exhibitors.importing.pages import file_answer, wanted_rows
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.connecting import duplicates, listing, storing
from techfair.meetings.connecting.duplicates import Twins
from techfair.meetings.connecting.listing import COLUMNS, ListedConnection
from techfair.meetings.words import CONNECTION_STATES, SOURCES

bp = access.signed_in(
    Blueprint("connecting_console", __name__, url_prefix="/organizer/fairs/<slug>/connections/together")
)
ROWS_SHOWN = 200


class FileForm(FlaskForm):
    """The file that holds the connections."""

    file = FileField(_l("The file (.xlsx or .csv)"))
    data_read: bytes = b""

    def __init__(self, fair: Fair) -> None:
        super().__init__()
        self.fair = fair

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Choose a file."))
        self.data_read = field.data.read(FILE_BYTES + 1)
        listing.judged(self.fair, self.data_read)


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="meetings")
    pages.show(fair)
    return fair


@bp.route("/import", methods=["GET", "POST"])
def send(slug: str) -> ResponseReturnValue:
    """Send a file; nothing is stored of it before the preview."""
    form = FileForm(_fair(slug))
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".preview", slug=slug, file=file), 303)
    page = render_template("meetings/connecting/import.html", form=form, columns=COLUMNS, sources=SOURCES)
    return page, 422 if form.errors else 200


@bp.get("/import/template.xlsx")
def template(slug: str) -> ResponseReturnValue:
    """An empty table with the headings."""
    _fair(slug)
    return file_answer(
        write_sheet(_("Connections"), [str(label) for label in COLUMNS.values()], []), "connections.xlsx", XLSX
    )


@bp.route("/import/<file>", methods=["GET", "POST"])
def preview(slug: str, file: str) -> ResponseReturnValue:
    """What the file holds; import all good rows or those ticked."""
    fair, is_missing = _fair(slug), False
    if request.method == "POST":
        storing.one_at_a_time()
    listed = _listed(fair, file)
    if request.method == "POST":
        if rows := storing.chosen(listed, wanted_rows()):
            count = storing.store(fair, rows, current_user._get_current_object())
            flash(ngettext("%(num)d connection is noted.", "%(num)d connections are noted.", count), "good")
            db.session.commit()
            return redirect(url_for("connection_console.index", slug=slug), 303)
        is_missing = True
    bad = [one for one in listed if not one.is_good and not one.is_known]
    good = [one for one in listed if one.is_good]
    page = render_template(
        "meetings/connecting/import_preview.html",
        is_missing=is_missing,
        columns=COLUMNS,
        bad=bad[:ROWS_SHOWN],
        good=good[:ROWS_SHOWN],
        numbers={"all": len(listed), "bad": len(bad), "good": len(good), "chosen": sum(one.is_chosen for one in good)},
        known=sum(one.is_known for one in listed),
    )
    return page, 422 if is_missing else 200


def _listed(fair: Fair, file: str) -> list[ListedConnection]:
    try:
        return listing.judged(fair, current_app.extensions["files"].read(file))
    except (FileMissing, InputRefused):  # an address that names no file, or one of something else
        abort(404)


@bp.get("/duplicates")
def possible(slug: str) -> ResponseReturnValue:
    """Connections that may be one, side by side."""
    found = duplicates.possible(_fair(slug))
    return render_template(
        "meetings/connecting/duplicates.html", found=found, sources=SOURCES, states=CONNECTION_STATES
    )


@bp.post("/duplicates/<int:earlier>/<int:later>/<any(merge, keep_apart):deed>")
def decide(slug: str, earlier: int, later: int, deed: str) -> ResponseReturnValue:
    """Merge two connections or say that they are two."""
    twins = _twins(_fair(slug), earlier, later)
    if deed == "merge":
        duplicates.merge(twins, current_user)
        flash(_("The two are one connection now and count once."), "good")
    else:
        duplicates.keep_apart(twins, current_user)
        flash(_("Both stay, and are not compared again."), "good")
    db.session.commit()
    return redirect(url_for(".possible", slug=slug), 303)


def _twins(fair: Fair, earlier: int, later: int) -> Twins:
    """The pair of these numbers, if it is one that was proposed."""
    pairs = {(twins.earlier.id, twins.later.id): twins for twins in duplicates.possible(fair)}
    return pairs.get((earlier, later)) or abort(404)

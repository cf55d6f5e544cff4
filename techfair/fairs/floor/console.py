"""The organizer's pages of the floor plan: the drawing of a hall, halls from a table, what booths cost."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from pydantic import ValidationError

from techfair.core import access, pages
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.core.files import FileMissing
from techfair.core.refusal import InputRefused
from techfair.core.spreadsheets import XLSX
from techfair.extensions import db
from techfair.fairs import queries, sectors
from techfair.fairs.console import bp, fair_of
from techfair.fairs.floor import drawing, importing, listing, terms
from techfair.fairs.floor.forms import TableForm, TermsForm
from techfair.fairs.floor.listing import ListedBooth
from techfair.fairs.floor.models import BOOTH_CATEGORIES, Hall
from techfair.fairs.floor.schemas import Drawing
from techfair.fairs.floor.words import editor_words
from techfair.fairs.models import Fair

ROWS_SHOWN = 300  # of each kind in a preview


def _hall(fair: Fair, id: int) -> Hall:
    return access.fetch(Hall, id, to="settings", fair_id=fair.id)


@bp.get("/fairs/<slug>/halls/<int:id>/plan")
def hall_plan(slug: str, id: int) -> ResponseReturnValue:
    """The page on which a hall is drawn."""
    fair = fair_of(slug)
    hall = _hall(fair, id)
    told = {
        "plan": drawing.of(hall).model_dump(),
        "sizes": terms.sizes(fair.id),
        "words": editor_words(),
        "address": url_for(".save_hall_plan", slug=slug, id=id),
    }
    return render_template("floor/editor.html", hall=hall, told=told, sectors=sectors.all_sectors())


@bp.post("/fairs/<slug>/halls/<int:id>/plan")
def save_hall_plan(slug: str, id: int) -> ResponseReturnValue:
    """Save a hall's drawing, all of it or nothing; the answer holds what is stored now."""
    hall = _hall(fair_of(slug), id)
    try:
        drawn = Drawing.model_validate_json(request.get_data())
    except ValidationError as error:
        return {"code": "invalid_input", "message": _("This cannot be drawn."), "reasons": _places(error)}, 422
    try:
        drawing.save(hall, drawn, current_user)
    except (ChangedMeanwhile, TechfairError) as refusal:
        db.session.rollback()
        return _refused(_hall(fair_of(slug), id), refusal)
    answer = {"plan": drawing.of(hall).model_dump()}
    db.session.commit()
    return answer


def _refused(hall: Hall, refusal: TechfairError) -> ResponseReturnValue:
    """Why nothing was saved; where somebody else drew meanwhile, their drawing too."""
    told: dict[str, Any] = {"code": refusal.code, "message": str(refusal.message), "reasons": []}
    if isinstance(refusal, drawing.DrawingRefused):
        told["reasons"] = [{"code": fault.code, "message": drawing.why(fault)} for fault in refusal.faults]
    if isinstance(refusal, ChangedMeanwhile):
        told["plan"] = drawing.of(hall).model_dump()
    return told, refusal.status


def _places(error: ValidationError) -> list[dict[str, str]]:
    return [{"code": "", "message": f"{'/'.join(map(str, one['loc']))}: {one['msg']}"} for one in error.errors()[:10]]


@bp.route("/fairs/<slug>/halls/import", methods=["GET", "POST"])
def import_halls(slug: str) -> ResponseReturnValue:
    """Send a table of booths."""
    fair_of(slug)
    form = TableForm()
    if form.validate_on_submit():
        file = current_app.extensions["files"].put(form.data_read)
        return redirect(url_for(".imported_halls", slug=slug, file=file), 303)
    page = render_template("floor/import.html", form=form, columns=listing.COLUMN_WORDS, needed=listing.needed())
    return page, 422 if form.errors else 200


@bp.get("/fairs/<slug>/halls/import/table.xlsx")
def empty_hall_table(slug: str) -> ResponseReturnValue:
    """A table with the headings and an example."""
    fair_of(slug)
    return pages.download(listing.template(), XLSX, f"{_('booths')}.xlsx")


@bp.route("/fairs/<slug>/halls/import/<file>", methods=["GET", "POST"])
def imported_halls(slug: str, file: str) -> ResponseReturnValue:
    """What the table holds, bad rows first; put the good ones on the plan."""
    fair = fair_of(slug)
    listed = _listed(fair, file)
    good = [one for one in listed if one.is_good]
    if request.method == "POST" and good:
        try:
            number = importing.put(fair, listed, current_user)
        except TechfairError as refusal:
            db.session.rollback()
            flash(str(refusal.message), "bad")
            return redirect(url_for(".imported_halls", slug=slug, file=file), 303)
        flash(ngettext("%(num)d booth is on the plan.", "%(num)d booths are on the plan.", number), "good")
        db.session.commit()
        return redirect(url_for(".halls", slug=slug), 303)
    bad = [one for one in listed if not one.is_good]
    shown = {"good": good[:ROWS_SHOWN], "bad": bad[:ROWS_SHOWN], "numbers": (len(good), len(bad))}
    return render_template("floor/import_preview.html", file=file, columns=listing.COLUMN_WORDS, **shown)


def _listed(fair: Fair, file: str) -> list[ListedBooth]:
    try:
        data = current_app.extensions["files"].read(file)
        listed = listing.read_booths(data, terms.sizes(fair.id))
    except (FileMissing, InputRefused):  # an address made up, or of a file that is no table
        abort(404)
    importing.judge(fair, listed)
    return listed


@bp.get("/fairs/<slug>/booth-terms")
def booth_terms(slug: str) -> ResponseReturnValue:
    """What booths of each kind measure, cost and include."""
    fair = fair_of(slug)
    return render_template("floor/terms.html", terms=terms.of(fair.id), counts=queries.booths_by_category(fair))


@bp.route("/fairs/<slug>/booth-terms/<category>", methods=["GET", "POST"])
def edit_booth_terms(slug: str, category: str) -> ResponseReturnValue:
    """Change the terms of one kind of booth."""
    fair = fair_of(slug)
    if category not in BOOTH_CATEGORIES:
        abort(404)
    form = TermsForm(obj=terms.of(fair.id)[category])
    if form.validate_on_submit():
        terms.set_terms(fair, category, current_user, **form.terms_values())
        flash(_("Saved."), "good")
        db.session.commit()
        return redirect(url_for(".booth_terms", slug=slug), 303)
    return render_template("floor/terms_form.html", form=form, category=category), 422 if form.errors else 200

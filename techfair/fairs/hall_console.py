"""The organizer's pages of halls and booths."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from techfair.core import access
from techfair.extensions import db
from techfair.fairs import halls as deeds
from techfair.fairs import queries
from techfair.fairs.console import bp, fair_of
from techfair.fairs.floor.models import Booth, Hall
from techfair.fairs.forms import BoothForm, BoothsForm, HallForm
from techfair.fairs.models import Fair

DEEDS: dict[str, Callable[[Booth, Any], None]] = {
    "block": deeds.block,
    "unblock": deeds.unblock,
    "delete": deeds.delete_booth,
}


def _hall(fair: Fair, id: int) -> Hall:
    return access.fetch(Hall, id, to="settings", fair_id=fair.id)


def _booth(fair: Fair, id: int) -> Booth:
    return access.fetch(Booth, id, to="settings", fair_id=fair.id)


def _to(endpoint: str, **values: Any) -> ResponseReturnValue:
    answer = redirect(url_for(endpoint, **values), 303)
    db.session.commit()
    return answer


@bp.get("/fairs/<slug>/halls")
def halls(slug: str) -> ResponseReturnValue:
    """All halls with their booths counted."""
    return render_template("fairs/console_halls.html", halls=queries.halls(fair_of(slug)))


@bp.route("/fairs/<slug>/halls/new", methods=["GET", "POST"])
def new_hall(slug: str) -> ResponseReturnValue:
    """Add a hall; its booths come next."""
    fair, form = fair_of(slug), HallForm()
    if form.validate_on_submit():
        try:
            hall = deeds.add_hall(fair, current_user, **form.hall_values())
        except deeds.CodeTaken as refusal:
            form.code.errors = [refusal.message]
        else:
            return _to(".hall", slug=slug, id=hall.id)
    return render_template("fairs/console_hall_form.html", form=form, hall=None), 422 if form.errors else 200


@bp.route("/fairs/<slug>/halls/<int:id>", methods=["GET", "POST"])
def hall(slug: str, id: int) -> ResponseReturnValue:
    """A hall with its booths; add one or whole rows."""
    hall, form = _hall(fair_of(slug), id), BoothsForm()
    if form.validate_on_submit():
        try:
            added = deeds.add_booths(hall, form.all_codes(), current_user, **form.booth_values())
        except deeds.CodeTaken as refusal:
            form.codes.errors = [refusal.message]
        else:
            flash(ngettext("%(num)d booth added.", "%(num)d booths added.", len(added)), "good")
            return _to(".hall", slug=slug, id=id)
    page = render_template("fairs/console_hall.html", form=form, hall=hall, booths=queries.booths(hall))
    return page, 422 if form.errors else 200


@bp.route("/fairs/<slug>/halls/<int:id>/edit", methods=["GET", "POST"])
def edit_hall(slug: str, id: int) -> ResponseReturnValue:
    """Rename a hall."""
    hall = _hall(fair_of(slug), id)
    form = HallForm(obj=hall)
    if form.validate_on_submit():
        try:
            deeds.change_hall(hall, current_user, **form.hall_values())
        except deeds.CodeTaken as refusal:
            form.code.errors = [refusal.message]
        else:
            return _to(".hall", slug=slug, id=id)
    return render_template("fairs/console_hall_form.html", form=form, hall=hall), 422 if form.errors else 200


@bp.post("/fairs/<slug>/halls/<int:id>/delete")
def delete_hall(slug: str, id: int) -> ResponseReturnValue:
    """Delete a hall without booths."""
    hall = _hall(fair_of(slug), id)
    try:
        deeds.delete_hall(hall, current_user)
    except deeds.HallInUse as refusal:
        flash(str(refusal.message), "bad")
        return _to(".hall", slug=slug, id=id)
    return _to(".halls", slug=slug)


@bp.route("/fairs/<slug>/booths/<int:id>", methods=["GET", "POST"])
def booth(slug: str, id: int) -> ResponseReturnValue:
    """Change a booth."""
    fair = fair_of(slug)
    booth = _booth(fair, id)
    hall, form = _hall(fair, booth.hall_id), BoothForm(obj=booth)
    if form.validate_on_submit():
        try:
            deeds.change_booth(booth, current_user, **form.booth_values())
        except deeds.CodeTaken as refusal:
            form.code.errors = [refusal.message]
        else:
            return _to(".hall", slug=slug, id=hall.id)
    page = render_template("fairs/console_booth.html", form=form, booth=booth, hall=hall)
    return page, 422 if form.errors else 200


@bp.post("/fairs/<slug>/booths/<int:id>/<deed>")
def change_booth(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Block a booth or free it again, or delete one that nobody has or had."""
    if deed not in DEEDS:
        abort(404)
    booth = _booth(fair_of(slug), id)
    hall_id = booth.hall_id
    try:
        DEEDS[deed](booth, current_user)
    except deeds.BoothInUse as refusal:
        flash(str(refusal.message), "bad")
    return _to(".hall", slug=slug, id=hall_id)

"""The organizer's pages of interpreters."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import selectinload

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.interpreters import arranging
from techfair.meetings.interpreters.forms import InterpreterForm, ShiftForm
from techfair.meetings.interpreters.models import Interpreter
from techfair.meetings.programme.console import fair_of
from techfair.meetings.programme.words import pair_name

bp = access.signed_in(
    Blueprint("interpreter_console", __name__, url_prefix="/organizer/fairs/<slug>/meetings/interpreters")
)


@access.rule(Interpreter)
def of_interpreter(user: Any, interpreter: Interpreter, to: str) -> bool:
    """``manage``: those who look after the fair's meetings."""
    return to == "manage" and access.may(user, db.session.get_one(Fair, interpreter.fair_id), "meetings")


def _interpreter(slug: str, id: int) -> tuple[Fair, Interpreter]:
    fair = fair_of(slug)
    shifts = (selectinload(Interpreter.shifts),)
    return fair, access.fetch(Interpreter, id, to="manage", fair_id=fair.id, options=shifts)


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """Who interprets, when, and at how many meetings."""
    rows = arranging.of_fair(fair_of(slug))
    return render_template("meetings/interpreters/list.html", rows=rows, pair_name=pair_name)


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Note an interpreter."""
    fair = fair_of(slug)
    form = InterpreterForm(None)
    if not form.validate_on_submit():
        return render_template("meetings/interpreters/new.html", form=form), 422 if form.errors else 200
    kept = arranging.keep(fair, None, current_user, **form.values())
    flash(_("Noted. Now say when they are there."), "good")
    address = url_for(".one", slug=slug, id=kept.id)
    db.session.commit()
    return redirect(address, 303)


@bp.route("/<int:id>", methods=["GET", "POST"])
def one(slug: str, id: int) -> ResponseReturnValue:
    """An interpreter: languages, shifts, meetings, and the link to the own page."""
    fair, interpreter = _interpreter(slug, id)
    form = InterpreterForm(interpreter)
    if not form.validate_on_submit():
        return _page(fair, interpreter, form=form), 422 if form.errors else 200
    arranging.keep(fair, interpreter, current_user, **form.values())
    return _back(slug, id, _("Saved."))


def _page(fair: Fair, interpreter: Interpreter, **context: Any) -> str:
    return render_template(
        "meetings/interpreters/one.html",
        interpreter=interpreter,
        meetings=arranging.meetings_of(interpreter),
        link=arranging.address(interpreter),
        **{"form": InterpreterForm(interpreter), "shift_form": ShiftForm(fair)} | context,
    )


@bp.post("/<int:id>/shifts")
def add_shift(slug: str, id: int) -> ResponseReturnValue:
    """Note when they are there."""
    fair, interpreter = _interpreter(slug, id)
    form = ShiftForm(fair)
    if not form.validate():
        return _page(fair, interpreter, shift_form=form), 422
    try:
        arranging.add_shift(interpreter, *form.span(), current_user)
    except arranging.ShiftWrong as refusal:
        db.session.rollback()
        form.ends.errors = [refusal.message]
        return _page(*_interpreter(slug, id), shift_form=form), refusal.status
    return _back(slug, id, _("The shift is noted."))


@bp.post("/<int:id>/shifts/<int:shift_id>/drop")
def drop_shift(slug: str, id: int, shift_id: int) -> ResponseReturnValue:
    """Take a shift away."""
    _fair, interpreter = _interpreter(slug, id)
    arranging.drop_shift(interpreter, shift_id, current_user)
    return _back(slug, id, _("The shift is taken away. Repair the timetable if meetings stood in it."))


@bp.post("/<int:id>/link/<any(send, end):deed>")
def link(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Send the link to the own page by mail, or end those handed out."""
    fair, interpreter = _interpreter(slug, id)
    if deed == "end":
        arranging.end_link(interpreter, current_user)
        return _back(slug, id, _("Old links open nothing any more. Here is a new one."))
    try:
        arranging.send_link(interpreter, fair, current_user)
    except arranging.NoAddress as refusal:
        db.session.rollback()
        flash(refusal.message, "warn")
        return redirect(url_for(".one", slug=slug, id=id), 303)
    return _back(slug, id, _("The link is sent."))


def _back(slug: str, id: int, message: str) -> ResponseReturnValue:
    flash(message, "good")
    db.session.commit()
    return redirect(url_for(".one", slug=slug, id=id), 303)

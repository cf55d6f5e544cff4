"""The organizer's pages of devices that join by a code, and of conflicts between gates without network."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.orm import selectinload
from wtforms import RadioField
from wtforms.validators import DataRequired

from techfair.core import access, pages, qr
from techfair.core.errors import StepSkipped
from techfair.core.fields import Line, Ticks, choices_of
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import conflicts, devices, queries
from techfair.visitors.gate_models import Device, Scan
from techfair.visitors.words import FINDING_WORDS, REASON_WORDS

bp = access.signed_in(Blueprint("device_console", __name__, url_prefix="/organizer/fairs/<slug>/gates"))
CODES = "join codes"  # in the session of whoever made them: the server itself keeps digests alone


class DeviceForm(FlaskForm):
    """A device that is to join."""

    name = Line(_l("Name of the device"), most=80, needed=_l("Type a name that you know it by."))
    gates = Ticks(_l("Gates"), [DataRequired(_l("Tick at least one gate."))])

    def __init__(self, choices: list[Any], **values: Any) -> None:
        super().__init__(**values)
        self.gates.choices = choices_of(choices)


class ConflictForm(FlaskForm):
    """What was found about a conflict."""

    finding = RadioField(
        _l("What happened"), [DataRequired(_l("Choose what happened."))], choices=choices_of(FINDING_WORDS.items())
    )
    note = Line(_l("Note"), most=300)


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="gates")
    pages.show(fair)
    g.rail_key = "gate_console"
    return fair


@bp.route("/devices/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Name a device and its gates; then its code is shown."""
    fair = _fair(slug)
    open_gates = [gate for gate in queries.gates(fair) if not gate.is_closed]
    form = DeviceForm([(gate.code, f"{gate.code} · {gate.name}") for gate in open_gates])
    if not form.validate_on_submit():
        return render_template("gates/new_device.html", form=form, gates=open_gates), 422 if form.errors else 200
    chosen = [gate for gate in open_gates if gate.code in (form.gates.data or ())]
    device, code = devices.invite(fair, chosen, str(form.name.data), current_user)
    answer = redirect(url_for(".show", slug=slug, id=device.id), 303)
    session[CODES] = {**session.get(CODES, {}), str(device.id): code}
    db.session.commit()
    return answer


@bp.get("/devices/<int:id>")
def show(slug: str, id: int) -> ResponseReturnValue:
    """The code of a device that is to join, to whoever made it; afterwards, that it joined."""
    fair = _fair(slug)
    device = access.fetch(Device, id, to="edit", fair_id=fair.id, options=(selectinload(Device.gates),))
    code = session.get(CODES, {}).get(str(id)) if devices.may_join(device) else None
    page = current_app.config["BASE_URL"] + url_for("gate.scan_page", slug=slug)
    picture = qr.as_svg(f"{page}#join={code}", title=_("Code to join")) if code else ""
    return render_template("gates/device.html", device=device, code=code, picture=picture, page=page)


@bp.get("/conflicts")
def listing(slug: str) -> ResponseReturnValue:
    """Who was let in without network and would not have been with it."""
    return _conflicts(_fair(slug), ConflictForm(formdata=None))


@bp.post("/conflicts/<uuid:id>")
def decide(slug: str, id: UUID) -> ResponseReturnValue:
    """Write down what was found about one conflict."""
    fair = _fair(slug)
    scan = access.fetch(Scan, to="edit", id=id, fair_id=fair.id)
    form = ConflictForm()
    if not form.validate_on_submit():
        return _conflicts(fair, form, scan.id), 422
    try:
        conflicts.decide(scan, form.finding.data, form.note.data or "", current_user)
    except StepSkipped as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return redirect(url_for(".listing", slug=slug), 303)
    flash(_("Your finding is written down."), "good")
    answer = redirect(url_for(".listing", slug=slug, page=request.args.get("page")), 303)
    db.session.commit()
    return answer


def _conflicts(fair: Fair, form: ConflictForm, wrong: UUID | None = None) -> str:
    page = conflicts.listing(fair, request.args.get("page", 1, type=int))
    return render_template(
        "gates/conflicts.html",
        page=page,
        details=conflicts.details(page.items),
        form=form,
        wrong=wrong,
        findings=FINDING_WORDS,
        reasons=REASON_WORDS,
    )

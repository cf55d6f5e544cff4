"""The organizer's pages of gates and of the devices that scan there."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from techfair.core import access, pages, rail
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Activity, Fair
from techfair.visitors import conflicts, devices, gates, head_counts, passages, queries
from techfair.visitors.forms import GateForm
from techfair.visitors.gate_models import Device, Gate
from techfair.visitors.words import KIND_WORDS, PLACE_WORDS, RULE_WORDS

bp = access.signed_in(Blueprint("gate_console", __name__, url_prefix="/organizer/fairs/<slug>/gates"))
rail.console_entry(bp.name, _l("Gates"), "door-open", "gate_console.index", grant="gates", order=40)


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="gates")
    pages.show(fair)
    return fair


def _gate(fair: Fair, id: int) -> Gate:
    return access.fetch(Gate, id, to="edit", fair_id=fair.id, options=(selectinload(Gate.openings),))


def _form(fair: Fair, gate: Gate | None = None) -> GateForm:
    activities = db.session.scalars(select(Activity).filter_by(fair_id=fair.id).order_by(Activity.starts_at))
    booths = db.session.scalars(select(Booth).filter_by(fair_id=fair.id).order_by(Booth.code))
    hours = gates.hours(gate, fair) if gate else None
    typed = {"opens": hours[0], "closes": hours[1]} if hours else {}
    return GateForm(activities, booths, obj=gate, **typed)


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """All gates with today's entries, and the devices."""
    fair = _fair(slug)
    of_fair = queries.gates(fair)
    return render_template(
        "gates/console.html",
        gates=of_fair,
        inside=passages.inside(fair, of_fair, fair.today),
        entries=queries.entries_by_gate(fair, fair.today),
        devices=devices.of_fair(fair),
        conflicts=conflicts.count_undecided(fair),
        heads=head_counts.by_gate(fair),
        kind_words=KIND_WORDS,
        place_words=PLACE_WORDS,
        rule_words=RULE_WORDS,
    )


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Make a gate."""
    fair = _fair(slug)
    form = _form(fair)
    form.code.data = form.code.data or gates.next_code(fair)
    if form.validate_on_submit():
        try:
            gate = gates.make_gate(fair, form.gate(), current_user)
        except gates.GateCodeTaken as taken:
            form.code.errors = [taken.message]
        else:
            flash(_("Gate %(code)s is open.", code=gate.code), "good")
            db.session.commit()
            return redirect(url_for(".index", slug=slug), 303)
    return render_template("gates/gate.html", form=form, gate=None), 422 if form.errors else 200


@bp.route("/<int:id>", methods=["GET", "POST"])
def edit(slug: str, id: int) -> ResponseReturnValue:
    """Change a gate; its code and place stay, for what was counted there was counted so."""
    fair = _fair(slug)
    gate = _gate(fair, id)
    form = _form(fair, gate)
    form.code.data, form.place.data = gate.code, gate.place
    form.activity_id.data, form.booth_id.data = gate.activity_id or "", gate.booth_id or ""
    if form.validate_on_submit():
        gates.change(gate, fair, form.gate(), current_user)
        flash(_("Gate %(code)s is changed.", code=gate.code), "good")
        db.session.commit()
        return redirect(url_for(".index", slug=slug), 303)
    return render_template("gates/gate.html", form=form, gate=gate), 422 if form.errors else 200


@bp.post("/<int:id>/close")
def close(slug: str, id: int) -> ResponseReturnValue:
    """Close a gate, or reopen a closed one."""
    gate = _gate(_fair(slug), id)
    (gates.reopen if gate.is_closed else gates.close)(gate, current_user)
    return _back(slug)


@bp.post("/<int:id>/delete")
def delete(slug: str, id: int) -> ResponseReturnValue:
    """Delete a gate without scans; one with scans is closed instead."""
    gate = _gate(_fair(slug), id)
    try:
        gates.delete(gate, current_user)
    except gates.GateHasScans as refusal:
        flash(refusal.message, "bad")
    return _back(slug)


@bp.post("/devices/<int:id>/revoke")
def revoke_device(slug: str, id: int) -> ResponseReturnValue:
    """From now on the device scans nothing."""
    fair = _fair(slug)
    device = access.fetch(Device, id, to="edit", fair_id=fair.id)
    devices.revoke(device, current_user)
    flash(_("%(device)s scans no more.", device=device.name), "good")
    return _back(slug)


def _back(slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer

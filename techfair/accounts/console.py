"""The people of a unit: its administrators give and take the roles of staff and stewards."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.accounts import roles
from techfair.accounts.admin_forms import GRANT_LABELS, RoleForm
from techfair.accounts.models import FairRole, UnitRole
from techfair.accounts.people import person
from techfair.core import access
from techfair.core.fields import choices_of
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit

bp = access.signed_in(Blueprint("unit_people", __name__, url_prefix="/organizer/units"))


@bp.route("/<int:id>/people", methods=["GET", "POST"])
def people(id: int) -> ResponseReturnValue:
    """Who works for the unit and at its fairs' gates; invite someone."""
    unit = access.fetch(OrganizingUnit, id, to="settings")
    fairs = list(db.session.scalars(select(Fair).filter_by(unit_id=id).order_by(Fair.starts_on.desc())))
    form = _form(fairs)
    if form.validate_on_submit() and _is_complete(form):
        _give(form, unit, {fair.id: fair for fair in fairs})
        db.session.commit()
        flash(_("The invitation is on its way by mail."), "success")
        return redirect(url_for(".people", id=id), 303)
    page = render_template("admin/unit_people.html", unit=unit, form=form, labels=dict(GRANT_LABELS), **_roles(id))
    return page, 422 if form.errors else 200


def _form(fairs: list[Fair]) -> RoleForm:
    form = RoleForm()
    choices = [("staff", _("Staff of the unit")), ("steward", _("Gate steward at a fair"))]
    if current_user.is_administrator:  # a unit's administrators are appointed by the platform's
        choices.insert(0, ("admin", _("Administrator of the unit")))
    form.role.choices = choices_of(choices)
    form.fair_id.choices = choices_of([(0, _("none"))] + [(fair.id, fair.name) for fair in fairs])
    if not form.is_submitted():
        form.role.data = choices[0][0]
    return form


def _is_complete(form: RoleForm) -> bool:
    if form.role.data == "steward" and not form.fair_id.data:
        form.fair_id.errors = [_("Choose the fair.")]
        return False
    if form.role.data == "staff" and not form.grants.data:
        form.grants.errors = [_("Choose at least one.")]
        return False
    return True


def _give(form: RoleForm, unit: OrganizingUnit, fairs: dict[int, Fair]) -> None:
    typed, me = form.data, access.current_actor()
    user = person(typed["email"], typed["full_name"], typed["language"])
    if typed["role"] == "steward":
        roles.give_steward(user, fairs[typed["fair_id"]], by=me)
    else:
        roles.give_unit_role(user, unit, typed["role"], typed["grants"], by=me)


def _roles(unit_id: int) -> dict[str, list[UnitRole] | list[FairRole]]:
    of_unit = select(UnitRole).filter_by(unit_id=unit_id).options(joinedload(UnitRole.user))
    at_fairs = select(FairRole).join(Fair).where(Fair.unit_id == unit_id).options(joinedload(FairRole.user))
    return {
        "unit_roles": list(db.session.scalars(of_unit.order_by(UnitRole.role, UnitRole.id))),
        "stewards": list(db.session.scalars(at_fairs.order_by(FairRole.id))),
    }


@bp.post("/roles/<int:id>/take")
def take_unit_role(id: int) -> ResponseReturnValue:
    role = access.fetch(UnitRole, id, to="edit")
    unit_id = role.unit_id
    roles.take(role, by=access.current_actor())
    db.session.commit()
    return redirect(url_for(".people", id=unit_id), 303)


@bp.post("/stewards/<int:id>/take")
def take_steward(id: int) -> ResponseReturnValue:
    role = access.fetch(FairRole, id, to="edit")
    unit_id = role.fair.unit_id
    roles.take(role, by=access.current_actor())
    db.session.commit()
    return redirect(url_for(".people", id=unit_id), 303)

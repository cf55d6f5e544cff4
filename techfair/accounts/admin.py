"""The platform administrator's pages: units and people."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from techfair.accounts import roles, units
from techfair.accounts.admin_forms import UnitForm
from techfair.accounts.models import User
from techfair.core import access
from techfair.core.database import like
from techfair.core.fields import choices_of
from techfair.core.vietnamese import search_key
from techfair.extensions import db
from techfair.fairs.models import OrganizingUnit

bp = access.for_administrators(Blueprint("admin", __name__, url_prefix="/admin"))


def _me() -> Any:
    return access.current_actor()


@bp.get("/")
def index() -> ResponseReturnValue:
    """The tree of organizing units."""
    return render_template("admin/units.html", tree=units.tree())


@bp.route("/units/new", methods=["GET", "POST"])
def new_unit() -> ResponseReturnValue:
    return _edit(OrganizingUnit())


@bp.route("/units/<int:id>", methods=["GET", "POST"])
def unit(id: int) -> ResponseReturnValue:
    """Rename a unit or move it in the tree."""
    return _edit(access.fetch(OrganizingUnit, id, to="settings"))


def _edit(unit: OrganizingUnit) -> ResponseReturnValue:
    form = UnitForm(obj=unit, parent_id=unit.parent_id or 0)
    others = [(branch.unit.id, "– " * branch.depth + branch.unit.name) for branch in units.tree()]
    form.parent_id.choices = choices_of([(0, _("no other unit")), *(one for one in others if one[0] != unit.id)])
    if form.validate_on_submit() and _saved(unit, form):
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(url_for(".index"), 303)
    return render_template("admin/unit.html", form=form, unit=unit), 422 if form.errors else 200


def _saved(unit: OrganizingUnit, form: UnitForm) -> bool:
    values = {name: form[name].data or "" for name in ("name_vi", "name_en", "kind")}
    try:
        units.save(unit, by=_me(), parent_id=form.parent_id.data or None, **values)
    except units.UnitRefused as refusal:
        form[refusal.reason].errors = [str(refusal.message)]
        return False
    return True


@bp.get("/people")
def people() -> ResponseReturnValue:
    """Everyone who signs in, found by name or address with or without accents."""
    words = search_key(request.args.get("q", "")).split()
    found = select(User).where(*(User.search_text.like(f"%{like(word)}%", escape="\\") for word in words))
    page = db.paginate(found.order_by(User.full_name, User.id), per_page=50, error_out=False)
    return render_template("admin/people.html", page=page)


@bp.get("/people/<int:id>")
def person(id: int) -> ResponseReturnValue:
    """One account: roles, and whether it is open."""
    options = [selectinload(User.unit_roles), selectinload(User.fair_roles)]
    return render_template("admin/person.html", user=access.fetch(User, id, to="manage", options=options))


@bp.post("/people/<int:id>/<any(close, reopen, appoint, dismiss):deed>")
def change_person(id: int, deed: str) -> ResponseReturnValue:
    """Close or reopen an account; make someone administrator or no longer."""
    user = access.fetch(User, id, to="manage")
    if deed in {"close", "reopen"}:
        roles.set_active(user, deed == "reopen", by=_me())
    else:
        roles.set_administrator(user, deed == "appoint", by=_me())
    db.session.commit()
    return redirect(url_for(".person", id=id), 303)

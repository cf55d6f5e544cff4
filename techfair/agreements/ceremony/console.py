"""The organizer's pages of ceremonies: run of show, stage, codes of the pairs, papers signed by hand."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.agreements import kinds
from techfair.agreements.ceremony import printing, running, screens, stage, words
from techfair.agreements.ceremony.forms import CeremonyForm, ItemForm
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem
from techfair.core import access, pages, qr
from techfair.core.errors import ChangedMeanwhile
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("ceremony_console", __name__, url_prefix="/organizer/fairs/<slug>/ceremonies"))


@bp.get("")
def listing(slug: str) -> str:
    """The ceremonies of a fair."""
    return render_template("ceremony/list.html", ceremonies=running.of_fair(_fair(slug)))


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Begin a run of show."""
    fair = _fair(slug)
    form = CeremonyForm(fair)
    if not form.validate_on_submit():
        return render_template("ceremony/form.html", form=form, ceremony=None), 422 if form.errors else 200
    ceremony = running.make(fair, by=_me(), **form.values())
    shown = redirect(url_for(".show", slug=slug, id=ceremony.id), 303)
    db.session.commit()
    return shown


@bp.get("/<int:id>")
def show(slug: str, id: int) -> str:
    """The run of show with what can be done at each signing."""
    _fair, ceremony = _fetch(slug, id)
    return render_template(
        "ceremony/show.html",
        ceremony=ceremony,
        show=running.show_of(ceremony),
        to_add=running.to_add(ceremony),
        screen=screens.address(ceremony),
        words=words,
        kinds=kinds,
    )


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
def edit(slug: str, id: int) -> ResponseReturnValue:
    """Change title, place or start."""
    fair, ceremony = _fetch(slug, id)
    form = CeremonyForm(fair, ceremony)
    if not form.validate_on_submit():
        return render_template("ceremony/form.html", form=form, ceremony=ceremony), 422 if form.errors else 200
    running.change(ceremony, by=_me(), **form.values())
    return _back(slug, id)


@bp.post("/<int:id>/add")
def add(slug: str, id: int) -> ResponseReturnValue:
    """Put the ticked documents at the end."""
    _fair, ceremony = _fetch(slug, id)
    chosen = set(request.form.getlist("agreement", type=int))
    running.add(ceremony, [one for one in running.to_add(ceremony) if one.id in chosen], by=_me())
    return _back(slug, id)


@bp.post("/<int:id>/order")
def reorder(slug: str, id: int) -> ResponseReturnValue:
    """The order as it was dragged."""
    _fair, ceremony = _fetch(slug, id)
    try:
        running.reorder(ceremony, request.form.getlist("item", type=int), by=_me())
    except ChangedMeanwhile:
        db.session.rollback()
        flash(_("Somebody changed the run of show meanwhile. Look at it, then move again."), "warn")
    return _back(slug, id)


@bp.post("/<int:id>/items/<int:item_id>/move")
def move(slug: str, id: int, item_id: int) -> ResponseReturnValue:
    """One place up or down."""
    item = _item(slug, id, item_id)
    running.move(item, -1 if request.form.get("to") == "up" else 1, by=_me())
    return _back(slug, id, f"item-{item_id}")


@bp.post("/<int:id>/items/<int:item_id>/remove")
def remove(slug: str, id: int, item_id: int) -> ResponseReturnValue:
    """Take a signing off."""
    running.remove(_item(slug, id, item_id), by=_me())
    return _back(slug, id)


@bp.route("/<int:id>/items/<int:item_id>", methods=["GET", "POST"])
def arrange(slug: str, id: int, item_id: int) -> ResponseReturnValue:
    """Who is on the stage for a signing, where, how long."""
    item = _item(slug, id, item_id)
    form = ItemForm(item)
    if not form.validate_on_submit():
        return render_template("ceremony/item.html", form=form, item=item), 422 if form.errors else 200
    running.arrange(item, form.persons(), by=_me(), minutes=form.minutes.data or 1, note=form.note.data or "")
    return _back(slug, id, f"item-{item_id}")


@bp.post("/<int:id>/stage")
def call_up(slug: str, id: int) -> ResponseReturnValue:
    """Say who is on the stage now, or nobody."""
    _fair, ceremony = _fetch(slug, id)
    wanted = request.form.get("item", type=int)
    running.call_up(ceremony, _item(slug, id, wanted) if wanted else None, by=_me())
    return _back(slug, id, f"item-{wanted}" if wanted else "")


@bp.get("/<int:id>/items/<int:item_id>/code")
def code(slug: str, id: int, item_id: int) -> str:
    """The code of a pair, for the tablet on the stage or to be printed."""
    item = _item(slug, id, item_id)
    address = stage.address(item)
    svg = qr.as_svg(address, title=_("Sign on your own phone"))
    return render_template("ceremony/code.html", item=item, code=svg, address=address, kinds=kinds)


@bp.get("/<int:id>/run-of-show.pdf")
def printed(slug: str, id: int) -> ResponseReturnValue:
    """The run of show on paper."""
    fair, ceremony = _fetch(slug, id)
    headers = {"Content-Disposition": f'inline; filename="{fair.slug}-run-of-show.pdf"'}
    return Response(printing.as_pdf(ceremony, fair), mimetype="application/pdf", headers=headers)


def _fair(slug: str) -> Fair:
    g.rail_key = "agreement_console"
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    return fair


def _fetch(slug: str, id: int) -> tuple[Fair, Ceremony]:
    fair = _fair(slug)
    return fair, access.fetch(Ceremony, id, to="run", fair_id=fair.id)


def _item(slug: str, id: int, item_id: int) -> CeremonyItem:
    _fair, ceremony = _fetch(slug, id)
    found = [item for _at, item in running.show_of(ceremony) if item.id == item_id]
    if not found:
        abort(404)
    return found[0]


def _back(slug: str, id: int, anchor: str = "") -> ResponseReturnValue:
    db.session.commit()
    where: dict[str, Any] = {"_anchor": anchor} if anchor else {}
    return redirect(url_for(".show", slug=slug, id=id, **where), 303)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user

"""The platform administrator's page of trust: whose certificates are believed here."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.agreements.sealing.reading import certificate_in
from techfair.agreements.trust import anchors
from techfair.agreements.trust.forms import AnchorForm, ListForm
from techfair.agreements.trust.models import TrustAnchor
from techfair.core import access
from techfair.extensions import db

bp = access.for_administrators(Blueprint("admin_trust", __name__, url_prefix="/admin/trust"))
MOST_BYTES = 5 * 2**20


@access.rule(TrustAnchor)
def of_anchor(user: Any, anchor: TrustAnchor, to: str) -> bool:
    """Administrators alone decide whom the installation believes."""
    return bool(user.is_authenticated and user.is_administrator and anchor.removed_at is None)


@bp.get("/")
def index() -> str:
    """The authorities that are believed."""
    return _page(AnchorForm(formdata=None))


@bp.post("/")
def add() -> ResponseReturnValue:
    """Believe an authority from now on."""
    form = AnchorForm()
    if form.validate_on_submit():
        try:
            anchors.add(form.file.data.read(MOST_BYTES), by=access.current_actor())
        except anchors.AnchorRefused as refusal:
            form.file.errors = [str(refusal.message)]
    return (_page(form), 422) if form.errors else _done(_("Saved."))


@bp.post("/<int:id>/list")
def give_list(id: int) -> ResponseReturnValue:
    """Take the newest list of withdrawn certificates of an authority."""
    anchor, form = access.fetch(TrustAnchor, id, to="edit"), ListForm()
    if form.validate_on_submit():
        try:
            anchors.give_list(anchor, form.file.data.read(MOST_BYTES), by=access.current_actor())
        except anchors.AnchorRefused as refusal:
            form.file.errors = [str(refusal.message)]
    return (
        (_page(AnchorForm(formdata=None), list_form=form, list_of=anchor), 422) if form.errors else _done(_("Saved."))
    )


@bp.post("/<int:id>/remove")
def remove(id: int) -> ResponseReturnValue:
    """Believe an authority no longer."""
    anchors.remove(access.fetch(TrustAnchor, id, to="edit"), by=access.current_actor())
    return _done(_("Removed. What it vouched for is no longer trusted here."))


def _done(words: str) -> ResponseReturnValue:
    answer = redirect(url_for(".index"), 303)
    db.session.commit()
    flash(words, "good")
    return answer


def _page(form: AnchorForm, *, list_form: ListForm | None = None, list_of: TrustAnchor | None = None) -> str:
    return render_template(
        "trust/anchors.html",
        anchors=[(anchor, certificate_in(anchor.certificate)) for anchor in anchors.all_anchors()],
        form=form if list_form is None else list_form,
        add_form=form,
        list_form=list_form or ListForm(formdata=None),
        list_of=list_of,
    )

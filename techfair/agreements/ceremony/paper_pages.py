"""Binding the scans of a copy signed by hand, and handing them out to those whom it concerns."""

from flask import Blueprint, Response, abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.agreements import documents
from techfair.agreements.ceremony import paper
from techfair.agreements.ceremony.forms import MOST_SCANS, PaperForm
from techfair.agreements.models import Agreement
from techfair.agreements.papers import ENDINGS
from techfair.core import access, pages
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("paper_console", __name__, url_prefix="/organizer/fairs/<slug>/agreements"))
own_bp = access.signed_in(Blueprint("own_paper", __name__, url_prefix="/exhibitor/agreements"))


@bp.route("/<int:id>/paper", methods=["GET", "POST"])
def bind(slug: str, id: int) -> ResponseReturnValue:
    """Bind the scans of what was signed by hand, instead of electronic signatures."""
    agreement = _fetch(slug, id)
    form = PaperForm(agreement)
    if form.is_submitted():
        agreement = documents.load(id, for_update=True)
    if agreement.state in {"frozen", "signing"}:
        if not form.validate_on_submit():
            page = render_template("ceremony/paper.html", agreement=agreement, form=form, most=MOST_SCANS)
            return page, 422 if form.errors else 200
        paper.bind(agreement, form.papers, form.signed_on.data, by=current_user._get_current_object())
        flash(_("Bound. The document is being sealed; the parties get it by mail in a moment."), "good")
        db.session.commit()
    return redirect(url_for("agreement_console.show", slug=slug, id=id), 303)


@bp.get("/<int:id>/paper/<int:place>")
def scan(slug: str, id: int, place: int) -> ResponseReturnValue:
    """A scan as it was sent."""
    return _scan(_fetch(slug, id), place)


@own_bp.get("/<int:id>/paper/<int:place>")
def own_scan(id: int, place: int) -> ResponseReturnValue:
    """A scan, for a party."""
    access.fetch(Agreement, id, to="read")
    return _scan(documents.load(id), place)


def _fetch(slug: str, id: int) -> Agreement:
    g.rail_key = "agreement_console"
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    access.fetch(Agreement, id, fair_id=fair.id, to="look")
    return documents.load(id)


def _scan(agreement: Agreement, place: int) -> Response:
    kept = [one for one in (agreement.paper.pages if agreement.paper else []) if one.place == place]
    if not kept:
        abort(404)
    name = f"{agreement.number.replace('/', '-')}-paper-{place}.{ENDINGS[kept[0].media_type]}"
    return pages.download(current_app.extensions["files"].read(kept[0].digest), kept[0].media_type, name)

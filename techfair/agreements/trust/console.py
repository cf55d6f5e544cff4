"""The organizer's page of the seal: by which certificate a fair's documents are certified and sealed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.agreements import own_certificate
from techfair.agreements.sealing.reading import certificate_in
from techfair.agreements.trust import authorities
from techfair.agreements.trust.forms import SealForm
from techfair.core import access, pages
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("seal_console", __name__, url_prefix="/organizer/fairs/<slug>/seal"))


@bp.url_value_preprocessor
def keep_off_the_disk(endpoint: str | None, values: object) -> None:
    """A larger upload would be laid down in a temporary file, and a key must not be."""
    if request.method == "POST":
        request.max_content_length = 2 * own_certificate.MOST_BYTES


@bp.get("")
def show(slug: str) -> str:
    """Which certificate seals now."""
    return _page(_fair(slug), SealForm(formdata=None))


@bp.post("")
def bring(slug: str) -> ResponseReturnValue:
    """Seal by the organisation's own certificate from now on."""
    fair, form = _fair(slug), SealForm()
    if form.validate_on_submit():
        file = form.file.data.read(own_certificate.MOST_BYTES)
        try:
            identity = own_certificate.open_for_seal(file, form.password.data or "")
            own_certificate.ask_issuer(own_certificate.all_of(identity))
            fair = _fair(slug)
            authorities.bring_seal(fair, identity, by=access.current_actor())
        except own_certificate.CertificateRefused as refusal:
            fair = _fair(slug)
            field = form.password if refusal.reason == "wrong_password" else form.file
            field.errors = [str(refusal.message)]
    if form.errors:
        return _page(fair, form), 422
    return _done(slug, _("From now on documents are sealed by this certificate."))


@bp.post("/drop")
def drop(slug: str) -> ResponseReturnValue:
    """Go back to the fair's own certificate."""
    authorities.drop_seal(_fair(slug), by=access.current_actor())
    return _done(slug, _("From now on documents are sealed by the fair’s own certificate."))


def _done(slug: str, words: str) -> ResponseReturnValue:
    answer = redirect(url_for(".show", slug=slug), 303)
    db.session.commit()
    flash(words, "good")
    return answer


def _fair(slug: str) -> Fair:
    fair = access.fetch(Fair, slug=slug, to="agreements")
    pages.show(fair)
    return fair


def _page(fair: Fair, form: SealForm) -> str:
    row = authorities.in_use(fair)
    certificate = certificate_in(row.certificate) if row else None
    return render_template("trust/seal.html", form=form, row=row, certificate=certificate)

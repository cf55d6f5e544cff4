"""The platform administrator's page of signing services."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, ValidationError

from techfair.agreements.remote import services
from techfair.agreements.remote.exchanging import return_address
from techfair.agreements.remote.models import SigningService
from techfair.core import access, outside
from techfair.core.fields import Line
from techfair.extensions import db

bp = access.for_administrators(Blueprint("admin_services", __name__, url_prefix="/admin/signing-services"))


class ServiceForm(FlaskForm):
    """A service and what it knows us by."""

    name = Line(_l("Name of the service"), most=80, needed=_l("Type the name that signers read."))
    address = Line(_l("Address of its API"), most=300, needed=_l("Type the address of the service."))
    client_id = Line(_l("Client ID"), most=200, needed=_l("Type the client ID that the service gave you."))
    secret = PasswordField(
        _l("Client secret"), [InputRequired(_l("Type the client secret that the service gave you."))]
    )

    def validate_address(self, field: Line) -> None:
        try:
            outside.require_web_address(field.data or "")
        except outside.Unreachable:
            raise ValidationError(_l("Type the address as the service names it; it begins with https://.")) from None


@access.rule(SigningService)
def of_service(user: Any, service: SigningService, to: str) -> bool:
    """Administrators alone decide where people sign."""
    return bool(user.is_authenticated and user.is_administrator and service.removed_at is None)


@bp.get("/")
def index() -> str:
    """The services that signers may choose."""
    return _page(ServiceForm(formdata=None))


@bp.post("/")
def add() -> ResponseReturnValue:
    """Offer a service from now on."""
    form = ServiceForm()
    if not form.validate_on_submit():
        return _page(form), 422
    typed = [str(form[name].data) for name in ("name", "address", "client_id", "secret")]
    services.add(*typed, by=access.current_actor())
    return _done(_("Saved."))


@bp.post("/<int:id>/remove")
def remove(id: int) -> ResponseReturnValue:
    """Offer a service no longer."""
    services.remove(access.fetch(SigningService, id, to="edit"), by=access.current_actor())
    return _done(_("Removed. Nobody can choose this service any more."))


def _done(words: str) -> ResponseReturnValue:
    answer = redirect(url_for(".index"), 303)
    db.session.commit()
    flash(words, "good")
    return answer


def _page(form: ServiceForm) -> str:
    return render_template("remote/services.html", services=services.offered(), form=form, back=return_address())

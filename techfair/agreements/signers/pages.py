"""What a signer may do beside signing and declining, on the page of the mailed link."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from techfair.agreements import kinds, mailed_pages
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses
from techfair.agreements.signers.handing_over import OPEN, MailboxTaken, hand_over
from techfair.core import qr
from techfair.core.fields import Line, Paragraphs
from techfair.core.mail_addresses import parse_mail_address
from techfair.extensions import db

bp = mailed_pages.of_signer(Blueprint("signer", __name__, url_prefix="/sign"))


class ColleagueForm(FlaskForm):
    """Who signs instead, and why."""

    name = Line(_l("Full name of your colleague"), most=120, needed=_l("Type the full name of your colleague."))
    email = StringField(
        _l("E-mail of your colleague"), [InputRequired(_l("Type the e-mail address of your colleague."))]
    )
    reason = Paragraphs(_l("Reason"), most=500, needed=_l("Say why somebody else signs; it stays on record."))

    def validate_email(self, field: StringField) -> None:
        field.data = parse_mail_address(field.data or "").shown


@bp.route("/<token>/hand-over", methods=["GET", "POST"])
def give(token: str) -> ResponseReturnValue:
    """Hand the signature over to a colleague."""
    signature, agreement = mailed_pages.opened(token)
    if agreement.state != "signing" or signature.state not in OPEN:
        return redirect(url_for("signing.document", token=token), 303)
    form = ColleagueForm()
    if form.validate_on_submit():
        values = {name: str(form[name].data) for name in ("name", "email", "reason")}
        try:
            hand_over(signature, agreement, **values)
        except MailboxTaken as refusal:
            form.email.errors = [str(refusal.message)]
        else:
            db.session.commit()
            flash(_("Handed over. %(name)s has received a link of their own.", name=values["name"]), "good")
            return redirect(url_for("signing.document", token=token), 303)
    page = render_template("agreements/hand_over.html", form=form, **_shown(token, signature, agreement))
    return page, 422 if form.errors else 200


@bp.get("/<token>/phone")
def phone(token: str) -> ResponseReturnValue:
    """A code to go on with on one's phone."""
    signature, agreement = mailed_pages.opened(token)
    address = addresses.mailed(signature)
    code = qr.as_svg(address, title=_("Go on signing on your phone"))
    shown = _shown(token, signature, agreement)
    return render_template("agreements/on_phone.html", code=code, address=address, **shown)


def _shown(token: str, signature: Signature, agreement: Agreement) -> dict[str, object]:
    kind = kinds.KIND_LABELS[agreement.kind]
    return {"token": token, "signature": signature, "agreement": agreement, "kind": kind}

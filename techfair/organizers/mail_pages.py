"""The mail that a fair, or the platform, wrote: what is queued, sent or failed, and what it says.

A letter carries links that act for its reader. So its text is shown only where it went to the outbox and
nobody else can deliver it; of a letter that a mail server took, organizers see to whom, what about, and when.
"""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.files import FileMissing
from techfair.core.mail import Attachment, Mail
from techfair.extensions import db
from techfair.organizers import place, posting
from techfair.organizers.words import MAIL_STATES

bp = access.signed_in(Blueprint("mail", __name__, url_prefix="/organizer/fairs/<slug>/mail"))
admin_bp = access.signed_in(Blueprint("admin_mail", __name__, url_prefix="/admin/mail"))

PAGE = 50


def _mail(slug: str | None, id: int) -> Mail:
    return access.fetch(Mail, id, fair_id=place.fair_id(slug), to="manage")


@bp.get("")
@admin_bp.get("")
def index(slug: str | None = None) -> ResponseReturnValue:
    """All mails by state, found by address, name or subject."""
    fair_id = place.fair_id(slug)
    state, text = request.args.get("state", ""), request.args.get("q", "")[:200]
    those = posting.letters(fair_id, state if state in MAIL_STATES else "", text)
    return render_template(
        "organizers/mail.html",
        page=db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False),
        counts=posting.counts(fair_id),
        state=state,
        states=MAIL_STATES,
        text=text,
        slug=slug,
    )


@bp.get("/<int:id>")
@admin_bp.get("/<int:id>")
def show(id: int, slug: str | None = None) -> ResponseReturnValue:
    """One mail; its text and files where it lies in the outbox."""
    mail = _mail(slug, id)
    files = [Attachment.read(text) for text in mail.attachments]
    return render_template("organizers/letter.html", mail=mail, files=files, states=MAIL_STATES, slug=slug)


@bp.get("/<int:id>/files/<int:number>")
@admin_bp.get("/<int:id>/files/<int:number>")
def file(id: int, number: int, slug: str | None = None) -> ResponseReturnValue:
    """A file that went with a mail, always to be saved: it may be anything."""
    mail = _mail(slug, id)
    if mail.channel != "outbox" or number >= len(mail.attachments):
        abort(404)
    attachment = Attachment.read(mail.attachments[number])
    try:
        data = current_app.extensions["files"].read(attachment.digest)
    except FileMissing:
        abort(404)
    response = Response(data, mimetype=attachment.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=attachment.name)
    return response


@bp.post("/<int:id>/again")
@admin_bp.post("/<int:id>/again")
def send_again(id: int, slug: str | None = None) -> ResponseReturnValue:
    """Send a failed mail anew."""
    mail = _mail(slug, id)
    posting.send_again(mail, current_user)
    flash(_("The mail is on its way again."), "good")
    answer = redirect(url_for(".show", slug=slug, id=id), 303)
    db.session.commit()
    return answer

"""A person's own pages about their data, and the organizer's way to erase somebody who asks for it."""

from flask import Blueprint, Response, flash, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import own, queries
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, front, stored
from techfair.visitors.words import KIND_WORDS, PURPOSE_WORDS, VERDICT_WORDS

bp = access.by_token(Blueprint("personal_data", __name__, url_prefix="/me/data"))
console_bp = access.signed_in(Blueprint("erasing", __name__, url_prefix="/organizer/fairs/<slug>/visitors"))


@bp.get("")
def page() -> ResponseReturnValue:
    """All that is stored about the person, to read."""
    registration = own.current_registration()
    words = {"kind_words": KIND_WORDS, "purpose_words": PURPOSE_WORDS, "verdict_words": VERDICT_WORDS}
    shown = {
        "people": stored.family(registration),
        "scans": queries.scans_of(registration, limit=200),
        "parts": front.parts(registration),
    }
    return render_template("visitors/own_data.html", registration=registration, **shown, **words)


@bp.get("/file")
def download() -> Response:
    """The same as a file that programs read, too."""
    registration = own.current_registration()
    text = json.dumps(stored.of(registration), ensure_ascii=False, indent=2, sort_keys=False)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{registration.fair.slug}-my-data.json"'
    response.cache_control.private, response.cache_control.no_store = True, True
    return response


@bp.route("/erase", methods=["GET", "POST"])
def erase() -> ResponseReturnValue:
    """Say what goes and what stays; only the button there erases, for it cannot be undone."""
    registration = own.current_registration()
    if request.method == "GET":
        return render_template("visitors/own_erase.html", registration=registration)
    slug = registration.fair.slug
    erasing.erase(registration, by="visitor")
    own.forget()
    flash(_("Your data are erased. Your badge opens no gate any more."), "good")
    answer = redirect(url_for("fairs.fair", slug=slug), 303)
    db.session.commit()
    return answer


@console_bp.post("/<int:id>/erase")
def erase_for(slug: str, id: int) -> ResponseReturnValue:
    """Erase somebody who asked the organizer for it, with the reason."""
    fair = access.fetch(Fair, slug=slug, to="visitors")
    registration = access.fetch(Registration, id, to="edit", fair_id=fair.id)
    reason = request.form.get("reason", "").strip()[:300]
    if not reason:
        flash(_("Type who asked for it, or why."), "bad")
        return redirect(url_for("visitor_console.show", slug=slug, id=id), 303)
    erasing.erase(registration, by=current_user, reason=reason)
    flash(_("The person’s data are erased."), "good")
    answer = redirect(url_for("visitor_console.show", slug=slug, id=id), 303)
    db.session.commit()
    return answer

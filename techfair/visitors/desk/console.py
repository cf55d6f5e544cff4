"""The pages of those who sit at the desk: three fields, a badge from the printer, the next person."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import selectinload

from techfair.core import access, pages
from techfair.extensions import db
from techfair.visitors import badges, queries, registering
from techfair.visitors.desk.forms import WalkInForm
from techfair.visitors.models import Registration
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_BANDS, KIND_WORDS

bp = access.signed_in(Blueprint("desk", __name__, url_prefix="/organizer/fairs/<slug>/desk"))


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Register whoever stands there, or find who is registered; then the badge is printed."""
    fair, form = fair_of(slug), WalkInForm()
    known = None
    if form.validate_on_submit():
        known = None if form.is_another.data else registering.registered_before(fair, *form.keys())
        if known is None or known.form_token == form.form_token.data:
            registration = registering.register(fair, form.registration(), by=current_user)
            answer = redirect(url_for(".badge", slug=slug, id=registration.id), 303)
            db.session.commit()
            return answer
    pages.allow_wasm()
    text = request.args.get("q", "")[:200]
    found = queries.find_people(fair, text) if text else []
    page = render_template("desk/desk.html", form=form, known=known, text=text, found=found, kind_words=KIND_WORDS)
    return page, 422 if form.errors or known else 200


@bp.get("/<int:id>")
def badge(slug: str, id: int) -> ResponseReturnValue:
    """The badge, sent to the printer as soon as it shows; then the next person."""
    fair = fair_of(slug)
    whole = (selectinload(Registration.badges),)
    registration = access.fetch(Registration, id, to="edit", fair_id=fair.id, options=whole)
    worn = registration.badge
    code = badges.as_svg(worn, fair, _("The badge's code")) if worn else None
    words = {"kind_words": KIND_WORDS, "kind_bands": KIND_BANDS}
    return render_template("desk/badge.html", registration=registration, badge=worn, code=code, **words)

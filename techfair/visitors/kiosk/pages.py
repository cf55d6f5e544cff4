"""The kiosk's own pages, and the organizer's page on which one is started and ended."""

from flask import Blueprint, Flask, abort, flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from techfair.core import access, pages
from techfair.extensions import db, limiter
from techfair.visitors import badges, registering
from techfair.visitors.approving import kinds as approval
from techfair.visitors.forms import RegistrationForm
from techfair.visitors.kiosk import finding, locking
from techfair.visitors.kiosk.forms import FindForm, LeaveForm, StartForm
from techfair.visitors.kiosk.models import Kiosk
from techfair.visitors.place import fair_of
from techfair.visitors.words import KIND_BANDS, KIND_WORDS

bp = access.by_token(Blueprint("kiosk", __name__, url_prefix="/kiosk"))
console_bp = access.signed_in(Blueprint("kiosk_console", __name__, url_prefix="/organizer/fairs/<slug>/kiosks"))


def init_app(app: Flask) -> None:
    app.before_request(locking.keep_inside)
    app.register_blueprint(bp)
    app.register_blueprint(console_bp)


def _kiosk() -> Kiosk:
    """The kiosk that this browser is; one that was ended elsewhere says so and is an ordinary browser again."""
    kiosk = locking.current()
    if kiosk is None:
        session.clear()
        abort(make_response(render_template("kiosk/ended.html"), 410))
    pages.show(kiosk.fair)
    return kiosk


@bp.get("/")
def begin() -> ResponseReturnValue:
    """Two large buttons; whoever was here before is forgotten."""
    _kiosk()
    locking.clear()
    return render_template("kiosk/begin.html")


@bp.route("/register", methods=["GET", "POST"])
@limiter.limit("60 per minute", methods=["POST"])
def register() -> ResponseReturnValue:
    """Register; then the badge is printed."""
    kiosk = _kiosk()
    pages.allow_wasm()
    form = RegistrationForm(without=approval.chosen(kiosk.fair.id))
    if form.validate_on_submit():
        registration = registering.register(kiosk.fair, form.registration(), by="kiosk")
        locking.show_badge_of(registration)
        answer = redirect(url_for(".badge"), 303)
        db.session.commit()
        return answer
    return render_template("kiosk/register.html", form=form), 422 if form.errors else 200


@bp.route("/find", methods=["GET", "POST"])
@limiter.limit("20 per minute", methods=["POST"])
def find() -> ResponseReturnValue:
    """Find oneself by the code of the mail, or by contact and whole name."""
    kiosk, form = _kiosk(), FindForm()
    if form.validate_on_submit():
        by_code = finding.by_code(kiosk.fair, form.badge.data) if form.badge.data else None
        found = by_code or finding.by_contact(kiosk.fair, form.contact.data or "", form.full_name.data or "")
        if found:
            locking.show_badge_of(found)
            return redirect(url_for(".badge"), 303)
        form.refuse()
    return render_template("kiosk/find.html", form=form), 422 if form.errors else 200


@bp.get("/badge")
def badge() -> ResponseReturnValue:
    """The badge of whoever has just registered or found themselves, sent to the printer."""
    kiosk = _kiosk()
    person = locking.shown()
    if person is None or person.badge is None:
        return redirect(url_for(".begin"), 303)
    code = badges.as_svg(person.badge, kiosk.fair, _("The badge's code"))
    words = {"kind_words": KIND_WORDS, "kind_bands": KIND_BANDS}
    page = render_template("kiosk/badge.html", registration=person, badge=person.badge, code=code, **words)
    answer = make_response(page)
    answer.cache_control.no_store = True
    return answer


@bp.route("/leave", methods=["GET", "POST"])
@limiter.limit("10 per minute", methods=["POST"])
def leave() -> ResponseReturnValue:
    """End the kiosk with the staff code."""
    kiosk, form = _kiosk(), LeaveForm()
    if form.validate_on_submit():
        if locking.opens(kiosk, str(form.code.data)):
            locking.end(kiosk, by="kiosk")
            session.clear()
            db.session.commit()
            return redirect(url_for("accounts.sign_in"), 303)
        form.code.errors = [_("This is not the kiosk’s code.")]
    return render_template("kiosk/leave.html", form=form), 422 if form.errors else 200


@console_bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """The kiosks of the fair; make this very browser one."""
    fair, form = fair_of(slug), StartForm()
    if form.validate_on_submit():
        locking.start(fair, str(form.name.data), str(form.code.data), current_user)
        answer = redirect(url_for("kiosk.begin"), 303)
        db.session.commit()
        return answer
    mine = select(Kiosk).filter_by(fair_id=fair.id).order_by(Kiosk.ended_at.is_not(None), Kiosk.id.desc()).limit(50)
    kiosks = list(db.session.scalars(mine))
    return render_template("kiosk/console.html", form=form, kiosks=kiosks), 422 if form.errors else 200


@console_bp.post("/<int:id>/end")
def end(slug: str, id: int) -> ResponseReturnValue:
    """End a kiosk from afar: its screen shows nothing any more."""
    fair = fair_of(slug)
    kiosk = access.fetch(Kiosk, id, to="edit", fair_id=fair.id)
    locking.end(kiosk, current_user)
    flash(_("%(name)s is ended.", name=kiosk.name), "good")
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer

"""Registering, and the visitor's own pages."""

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from techfair.core import access, pages
from techfair.core.mail_addresses import parse_mail_address
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import badges, designs, front, own, printing, registering, telling
from techfair.visitors.approving import kinds as approval
from techfair.visitors.forms import RegistrationForm, ResendForm
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.leads import phone
from techfair.visitors.models import PURPOSES, Registration
from techfair.visitors.words import KIND_BANDS, KIND_WORDS, PURPOSE_WORDS

bp = access.public_blueprint(Blueprint("visitors", __name__))
STYLE_SECONDS = 60  # a look that was just chosen shows at the desk a minute later
own_bp = access.by_token(Blueprint("visitor_own", __name__, url_prefix="/me"))


def _words() -> dict[str, object]:
    return {"kind_words": KIND_WORDS, "kind_bands": KIND_BANDS, "purpose_words": PURPOSE_WORDS}


@bp.route("/fairs/<slug>/register", methods=["GET", "POST"])
def register(slug: str) -> ResponseReturnValue:
    """Register for a fair; afterwards the badge is shown at once, to anyone alike."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    if not fair.takes_registrations:
        return render_template("visitors/closed.html"), 200
    form = RegistrationForm(without=approval.chosen(fair.id) if current_app.config["HALL"] else ())
    if form.validate_on_submit():
        registration = registering.register(fair, form.registration())
        own.remember(registration)
        flash(_what_comes(registration), "good")
        answer = redirect(url_for("visitor_own.page"), 303)
        db.session.commit()
        return answer
    return render_template("visitors/register.html", form=form), 422 if form.errors else 200


@bp.get("/fairs/<slug>/badges.css")
def badge_style(slug: str) -> ResponseReturnValue:
    """The colours of the fair's badges, for every page that shows one."""
    fair = access.fetch(Fair, slug=slug, to="see")
    response = Response(designs.style_sheet(fair), mimetype="text/css")
    response.cache_control.max_age, response.cache_control.private = STYLE_SECONDS, True
    response.add_etag()
    return response.make_conditional(request)


def _what_comes(registration: Registration) -> str:
    """The same words for a first and for a second registration of an address."""
    if registration.state == "pending":
        return str(_("You are registered. The badge appears here once the organizer has approved."))
    if registration.email:
        return str(
            _("You are registered. A mail with the way to this page goes to %(email)s.", email=registration.email)
        )
    return str(_("You are registered. Save the picture of the badge on this phone."))


@bp.route("/fairs/<slug>/badge", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
def resend(slug: str) -> ResponseReturnValue:
    """Have the badge sent again; the answer is the same whether somebody is registered or not."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    form = ResendForm()
    if form.validate_on_submit():
        address = parse_mail_address(str(form.email.data))
        if registration := registering.registered_before(fair, address.compared, None):
            telling.send_badge(registration, fair)
        answer = render_template("visitors/resent.html", email=address.shown)
        db.session.commit()
        return answer
    return render_template("visitors/resend.html", form=form), 422 if form.errors else 200


@own_bp.get("/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Open the own page by the mailed link. Nothing is used up: a mail gateway may open it first."""
    own.remember(own.of_link(token))
    return redirect(request.script_root + own.page_after(request.args.get("then", "")), 303)


@own_bp.get("/")
def page() -> ResponseReturnValue:
    """The person's badge and consents."""
    registration = own.current_registration()
    badge = registration.badge
    code = badges.as_svg(badge, registration.fair, _("The badge's code")) if badge else None
    actions = front.own_actions(registration)
    shown = {
        "registration": registration,
        "badge": badge,
        "code": code,
        "days": kind_days.dates(registration.fair, badge.kind, registration.days) if badge else [],
        "phone": phone.told(registration, registration.fair),
        "own_actions": actions,
    }
    return render_template("visitors/own.html", **shown, **_words())


@own_bp.get("/badge.png")
def picture() -> Response:
    """The badge as a picture to keep or to send in a chat app: name, fair and code."""
    registration = own.current_registration()
    badge = registration.badge
    if badge is None or badge.state != "issued":
        return make_response(render_template("visitors/no_link.html"), 404)
    response = Response(printing.picture(registration.fair, badge, registration), mimetype="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="badge-{badge.number}.png"'
    response.cache_control.private, response.cache_control.no_store = True, True
    return response


@own_bp.post("/consents")
def choose_consents() -> ResponseReturnValue:
    """Agree to a purpose or take it back; both are dated."""
    registration = own.current_registration()
    chosen = set(request.form.getlist("consents")) & set(PURPOSES)
    registering.agree(registration, chosen)
    for purpose in set(PURPOSES) - chosen:
        registering.withdraw(registration, purpose)
    db.session.commit()
    flash(_("Your choices are saved."), "good")
    return redirect(url_for(".page"), 303)


@own_bp.post("/resend")
@limiter.limit("10 per hour", key_func=own.limited_by)
def send_again() -> ResponseReturnValue:
    """Mail the badge to the address of the registration once more."""
    registration = own.current_registration()
    if telling.send_badge(registration, registration.fair):
        flash(_("The badge is on its way to %(email)s.", email=registration.email), "good")
    answer = redirect(url_for(".page"), 303)
    db.session.commit()
    return answer


@own_bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Forget the person in this browser: for a phone or computer that others use too."""
    registration = own.known_registration()
    own.forget()
    flash(_("This device no longer knows you."), "good")
    return redirect(url_for("visitors.register", slug=registration.fair.slug) if registration else "/", 303)

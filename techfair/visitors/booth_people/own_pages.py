"""The exhibitor's pages of its staff and guests, and the page that a guest's code opens."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access, mail, pages
from techfair.core.errors import TechfairError
from techfair.core.languages import language
from techfair.exhibitors import front
from techfair.exhibitors import own as exhibitor_own
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db, limiter
from techfair.fairs.models import Fair
from techfair.visitors import own, printing
from techfair.visitors.booth_people import guests, quotas, staff
from techfair.visitors.booth_people.forms import CodeForm, GuestForm, StaffForm
from techfair.visitors.booth_people.models import GuestCode, StaffBadge
from techfair.visitors.leads import contacts

bp = access.signed_in(Blueprint("booth_people", __name__, url_prefix="/exhibitor/people"))
guest_bp = access.by_token(Blueprint("guest", __name__, url_prefix="/guest/<code>"))
front.own_entry("booth_people.staff_list", _l("Staff and guests"), "id-card", "booth_people.staff_list", order=18)


def _mine() -> Exhibitor:
    """The exhibitor that this person may speak for; a page that says what to do where there is none yet."""
    front.show_own_rail("booth_people.staff_list")
    exhibitor = exhibitor_own.current_exhibitor()
    if exhibitor is None:
        abort(Response(render_template("booth_people/none.html")))
    return exhibitor_own.with_company(access.fetch(Exhibitor, exhibitor.id, to="act"))


@bp.route("", methods=["GET", "POST"])
def staff_list() -> ResponseReturnValue:
    """The exhibitor's staff; name one more, up to the quota."""
    exhibitor, form = _mine(), StaffForm()
    if not form.validate_on_submit():
        return _staff_page(exhibitor, form)
    try:
        staff.name(exhibitor, g.fair, form.registration(exhibitor), exhibitor_own.me())
    except staff.QuotaUsed as refusal:
        db.session.rollback()
        form.full_name.errors = [refusal.message]
        return _staff_page(_mine(), form, refusal.status)
    flash(_("%(name)s is registered and has a badge.", name=form.full_name.data), "good")
    return _done("staff_list")


def _staff_page(exhibitor: Exhibitor, form: StaffForm, status: int = 422) -> ResponseReturnValue:
    page = render_template(
        "booth_people/staff.html",
        form=form,
        people=staff.of(exhibitor),
        quota=quotas.of([exhibitor])[exhibitor.id],
    )
    return page, status if form.errors else 200


def _done(endpoint: str) -> ResponseReturnValue:
    answer = redirect(url_for(f".{endpoint}"), 303)
    db.session.commit()
    return answer


@bp.post("/<int:id>/remove")
def remove(id: int) -> ResponseReturnValue:
    """Take somebody off the staff."""
    exhibitor = _mine()
    badge = access.fetch(
        StaffBadge, to="act", registration_id=id, exhibitor_id=exhibitor.id, options=(staff.WITH_PERSON,)
    )
    staff.remove(badge, exhibitor, exhibitor_own.me())
    flash(_("%(name)s is off the list. The badge opens no gate any more.", name=badge.registration.full_name), "info")
    return _done("staff_list")


@bp.post("/badges.pdf")
def badges() -> ResponseReturnValue:
    """The badges of the exhibitor's staff to print, four on a sheet."""
    exhibitor = _mine()
    order = printing.Order(paper="a4", language="en" if language() == "en" else "vi")
    try:
        data = printing.print_few(g.fair, order, [one.registration_id for one in staff.of(exhibitor)])
    except printing.NothingToPrint as refusal:
        flash(str(refusal.message), "warn")
        return _done("staff_list")
    return pages.download(data, "application/pdf", f"badges-{g.fair.slug}.pdf")


@bp.route("/guests", methods=["GET", "POST"])
def guest_list() -> ResponseReturnValue:
    """The codes of the exhibitor, who used them, and a new one within the quota."""
    exhibitor, form = _mine(), CodeForm()
    if not form.validate_on_submit():
        return _guest_page(exhibitor, form)
    try:
        guests.make(exhibitor, form.label.data or "", form.places.data or 0, exhibitor_own.me())
    except guests.TooManyGuests as refusal:
        db.session.rollback()
        form.places.errors = [refusal.message]
        return _guest_page(_mine(), form, refusal.status)
    flash(_("The code is ready. Send its address to your guests."), "good")
    return _done("guest_list")


def _guest_page(exhibitor: Exhibitor, form: CodeForm, status: int = 422) -> ResponseReturnValue:
    codes = guests.of(exhibitor)
    people = [use.registration for code in codes for use in code.uses]
    quota = quotas.of([exhibitor])[exhibitor.id]
    page = render_template(
        "booth_people/guests.html",
        form=form,
        codes=codes,
        contacts=contacts.of_guests(exhibitor.id, people),
        number=len(people),
        quota=quota,
        left=max(0, quota.guests - sum(code.held for code in codes)),
        root=f"{mail.base_url()}/guest/",
    )
    return page, status if form.errors else 200


@bp.post("/guests/<int:id>/end")
def end_code(id: int) -> ResponseReturnValue:
    """Let nobody come by a code any more."""
    exhibitor = _mine()
    guests.end(access.fetch(GuestCode, id, to="act", exhibitor_id=exhibitor.id), exhibitor.fair_id, exhibitor_own.me())
    flash(_("The code opens nothing any more. Who came by it stays registered."), "info")
    return _done("guest_list")


@guest_bp.route("", methods=["GET", "POST"])
@limiter.limit("120 per hour", methods=["POST"])
def accept(code: str) -> ResponseReturnValue:
    """A guest registers by an exhibitor's code; opening the page uses nothing up."""
    found = guests.of_text(code)
    if found is None:
        abort(404)
    invitation, exhibitor = found
    fair = db.session.get_one(Fair, exhibitor.fair_id)
    pages.show(fair)
    form = GuestForm()
    form.shares.label.text = _("%(company)s may read my e-mail and telephone number", company=exhibitor.company.name)
    if not form.validate_on_submit():
        if not guests.is_open(invitation):
            return _ended(exhibitor)
        page = render_template("booth_people/guest.html", form=form, company=exhibitor.company)
        return page, 422 if form.errors else 200
    try:
        person = guests.register(invitation, exhibitor, fair, form.person("guest"), bool(form.shares.data))
    except TechfairError:
        db.session.rollback()
        return _ended(exhibitor)
    own.remember(person)
    flash(_("You are registered. Your badge is below."), "good")
    answer = redirect(url_for("visitor_own.page"), 303)
    db.session.commit()
    return answer


def _ended(exhibitor: Exhibitor) -> ResponseReturnValue:
    return render_template("booth_people/ended.html", words=guests.CodeEnded.message), guests.CodeEnded.status

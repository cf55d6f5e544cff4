"""What a visitor does with an exhibitor whose code they scanned: keep it, leave the contact, take it back."""

from typing import Any

from flask import Blueprint, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from techfair.core import access, pages
from techfair.core.errors import TechfairError
from techfair.core.vietnamese import clean_text
from techfair.exhibitors import front
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db, limiter
from techfair.fairs.front import Action, Part
from techfair.fairs.models import Fair
from techfair.visitors import front as visitor_front
from techfair.visitors import own
from techfair.visitors.leads import keeping, phone, taps
from techfair.visitors.leads.taps import TapsInput
from techfair.visitors.linking import pages as linking
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import front as personal_front
from techfair.visitors.personal_data import stored

bp = access.public_blueprint(Blueprint("visit", __name__, url_prefix="/fairs/<slug>/exhibitors/<ref>/visit"))
taps_bp = access.by_token(Blueprint("taps", __name__, url_prefix="/fairs/<slug>/taps"))
list_bp = access.by_token(Blueprint("visitor_list", __name__, url_prefix="/me/list"))


@front.actions.add(20)
def keep_or_leave_contact(exhibitor: Exhibitor, technology: Technology | None) -> Action | None:
    """The button on an exhibitor's and a technology's public page, where the buttons themselves are not there."""
    fair: Fair = g.fair
    if technology is None and _visitor():
        return None
    return Action(
        _("Save, or leave my contact"),
        url_for("visit.page", slug=fair.slug, ref=exhibitor.company.public_ref),
        "bookmark",
    )


@visitor_front.own_actions.add(20)
def list_of_a_visitor(registration: Registration) -> Action | None:
    """The way from the visitor's badge to what they kept."""
    return Action(_("My list"), url_for("visitor_list.page"), "bookmark")


def _exhibitor(slug: str, ref: str) -> Exhibitor:
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    company_id = select(Company.id).filter_by(public_ref=ref).scalar_subquery()
    company = (joinedload(Exhibitor.company),)
    return access.fetch(Exhibitor, fair_id=fair.id, company_id=company_id, to="see", options=company)


def _known() -> Registration | None:
    """Whose phone this is, asked once a page."""
    if "visitor" not in g:
        g.visitor = own.known_registration()
    person: Registration | None = g.visitor
    return person


def _visitor() -> Registration | None:
    """The person whose own browser this is, if they are registered for the page's fair."""
    person = _known()
    is_here = person is not None and person.fair_id == g.fair.id and person.state == "confirmed"
    return person if is_here else None


@personal_front.parts.add(10)
def scanned_by(person: Registration) -> Part:
    """Which exhibitors scanned the person and when, on the page of their data."""
    noted = keeping.scanned_by([each.id for each in stored.family(person)])
    readers = keeping.readers(person, {note.lead.exhibitor_id for note in noted})
    return Part("leads/_scanned_by.html", {"noted": noted, "readers": readers})


@front.panels.add(20)
def buttons_of_a_visitor(exhibitor: Exhibitor) -> Part | None:
    """On the exhibitor's page of a phone that knows its visitor: what may be done there, by one tap each."""
    person = _visitor()
    return Part("leads/_visit.html", _shown(person, exhibitor)) if person else None


def _shown(person: Registration, exhibitor: Exhibitor) -> dict[str, Any]:
    is_kept = any(row.exhibitor_id == exhibitor.id for row in keeping.kept_by(person))
    is_told = exhibitor.id in keeping.readers(person, {exhibitor.id})
    visit = {"person": person, "company": exhibitor.company, "is_kept": is_kept, "is_told": is_told}
    return visit | {"forms": taps.forms(person, exhibitor), "told": phone.told(person, g.fair)}


@bp.get("")
def page(slug: str, ref: str) -> ResponseReturnValue:
    """What may be done, each by a button of its own: opening the page says nothing to anybody."""
    exhibitor = _exhibitor(slug, ref)
    person = _visitor()
    if person is None:
        linking.come_back(url_for("market.exhibitor", slug=slug, ref=ref))
        return render_template("leads/who_visits.html", company=exhibitor.company)
    part = Part("leads/_visit.html", _shown(person, exhibitor))
    return render_template("leads/visit.html", part=part, company=exhibitor.company)


@bp.post("/<deed>")
@limiter.limit("120 per hour", key_func=own.limited_by)
def act(slug: str, ref: str, deed: str) -> ResponseReturnValue:
    """Keep, let go, leave the contact or take it back; what other rooms add, too."""
    exhibitor = _exhibitor(slug, ref)
    person = _visitor()
    if person is None or not taps.is_known(deed):
        abort(404)
    answer = redirect(url_for("visitor_list.page") if "list" in request.args else _page_of(exhibitor), 303)
    text = clean_text(request.form.get("text", ""))[: taps.MOST_TEXT]
    try:
        flash(taps.act(deed, person, exhibitor, text), "good")
    except TechfairError as refusal:
        db.session.rollback()
        flash(refusal.message, "bad")
        return answer
    db.session.commit()
    return answer


def _page_of(exhibitor: Exhibitor) -> str:
    """Back to the page whose button was pressed: the exhibitor's own, or the one of these buttons alone."""
    here = {"slug": g.fair.slug, "ref": exhibitor.company.public_ref}
    return url_for("market.exhibitor" if "exhibitor" in request.args else "visit.page", **here)


@taps_bp.get("/token")
def token(slug: str) -> ResponseReturnValue:
    """What a page that was opened long ago needs to send what the phone kept."""
    access.fetch(Fair, slug=slug, to="see")
    return jsonify(csrf=generate_csrf())


@taps_bp.post("")
@limiter.limit("600 per hour", key_func=own.limited_by)
def take(slug: str) -> ResponseReturnValue:
    """Do what a visitor tapped while their phone had no network, each once; 403 where the phone is not theirs."""
    fair = access.fetch(Fair, slug=slug, to="see")
    pages.show(fair)
    try:
        given = TapsInput.model_validate(request.get_json(silent=True))
    except ValidationError as refused:
        return jsonify(code="invalid", errors=refused.errors(include_input=False, include_context=False)), 422
    person = _visitor()
    if person is None or person.id != given.visitor:
        return jsonify(code="other_person"), 403
    results = taps.take(person, fair, given)
    for one in results:
        if one.told:
            flash(one.told, "good" if one.is_done else "bad")
    answer = jsonify(results=results)
    db.session.commit()
    return answer


@list_bp.get("", endpoint="page")
def own_list() -> ResponseReturnValue:
    """The exhibitors that the person kept, and who may read their contact."""
    person = own.current_registration()
    kept = keeping.kept_by(person)
    readers = keeping.readers(person, {row.exhibitor_id for row in kept})
    return render_template("leads/list.html", kept=kept, readers=readers, told=phone.told(person, g.fair))

"""The company's pages: who sees which part of a technology, who asks, and what they were shown."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access
from techfair.exhibitors import front
from techfair.exhibitors.disclosure import deeds, parts, queries, undertaking, words
from techfair.exhibitors.disclosure.deeds import ReasonMissing
from techfair.exhibitors.disclosure.forms import levels_form
from techfair.exhibitors.disclosure.models import DisclosureRequest
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, current_company, me, place, show_fair_of
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

front.own_entry("disclosures", _l("Requests to see more"), "eye", "exhibitor_own.disclosures", order=45)


@bp.route("/technologies/<ref>/who-sees-what", methods=["GET", "POST"])
@place("technologies")
def who_sees_what(ref: str) -> ResponseReturnValue:
    """For each part of a technology: for everyone, after a request, or after a signed undertaking."""
    technology = access.fetch(Technology, public_ref=ref, to="edit")
    show_fair_of(db.session.get_one(Company, technology.company_id))
    form = levels_form(parts.levels_of(technology))
    if form.validate_on_submit():
        parts.keep_back(technology, me(), form.levels)
        flash(_("Saved: from now on each part is shown as you chose."), "good")
        db.session.commit()
        return redirect(url_for(".who_sees_what", ref=ref), 303)
    context = {"form": form, "record": technology, "labels": parts.LABELS}
    return render_template("disclosure/own_levels.html", **context), 422 if form.errors else 200


@bp.get("/disclosures")
@place("disclosures")
def disclosures() -> ResponseReturnValue:
    """Who asked to see more of the company's technologies, and how often they were shown it."""
    company = current_company()
    if company is None:
        return render_template("exhibitors/own_empty.html")
    show_fair_of(company)
    return render_template("disclosure/own_list.html", rows=queries.of_company(company), words=words)


@bp.get("/disclosures/<int:id>")
@place("disclosures")
def disclosure(id: int) -> ResponseReturnValue:
    """One request: who, what for, what was promised, each showing."""
    return _page(_fetch(id, "read"))


@bp.post("/disclosures/<int:id>/<any(grant, decline, revoke):deed>")
@place("disclosures")
def decide_disclosure(id: int, deed: str) -> ResponseReturnValue:
    """Grant, decline or end it; who asked is told by mail."""
    wish = _fetch(id, "edit")
    try:
        if deed == "grant":
            deeds.grant(wish, me(), request.form.get("level", ""))
        else:
            {"decline": deeds.decline, "revoke": deeds.revoke}[deed](wish, me(), request.form.get("reason", ""))
    except ReasonMissing as refusal:
        db.session.rollback()
        return _page(_fetch(id, "edit"), problem=str(refusal.message)), refusal.status
    flash(_("Done. Who asked is told by mail."), "good")
    db.session.commit()
    return redirect(url_for(".disclosure", id=id), 303)


def _fetch(id: int, to: str) -> DisclosureRequest:
    wish = access.fetch(DisclosureRequest, id, to=to, options=queries.WITH_TECHNOLOGY)
    show_fair_of(wish.technology.company)
    return wish


def _page(wish: DisclosureRequest, problem: str = "") -> str:
    return render_template(
        "disclosure/own_request.html",
        wish=wish,
        technology=wish.technology,
        signed=undertaking.of(wish),
        showings=queries.showings(wish),
        words=words,
        problem=problem,
    )

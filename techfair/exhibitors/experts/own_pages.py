"""The company's pages of its experts and innovative firms, and the page at which those decide themselves."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from techfair.core import access
from techfair.exhibitors import front
from techfair.exhibitors.experts import deeds, queries, words
from techfair.exhibitors.experts.forms import ExpertForm
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.own import bp, current_company, me, place, show_fair_of
from techfair.extensions import db, limiter

consent_bp = access.by_token(Blueprint("expert_consent", __name__, url_prefix="/experts/own"))
front.own_entry("experts", _l("Experts"), "user", "exhibitor_own.experts", order=42)


@bp.get("/experts")
@place("experts")
def experts() -> ResponseReturnValue:
    """Whom the company named, and who of them agreed."""
    company = current_company()
    if company is None:
        return render_template("exhibitors/own_empty.html")
    show_fair_of(company)
    mine = queries.of_company(company.id)
    return render_template("experts/own_list.html", company=company, experts=mine, words=words)


@bp.route("/experts/new", methods=["GET", "POST"])
@place("experts")
def new_expert() -> ResponseReturnValue:
    """Name an expert or an innovative firm."""
    return _edit(None, current_company("edit") or abort(404))


@bp.route("/experts/<int:id>", methods=["GET", "POST"])
@place("experts")
def edit_expert(id: int) -> ResponseReturnValue:
    """Change an entry; they are asked again."""
    expert = access.fetch(Expert, id, to="edit", options=queries.WHOLE)
    return _edit(expert, expert.company)


def _edit(expert: Expert | None, company: Company) -> ResponseReturnValue:
    applications = show_fair_of(company)
    form = ExpertForm(expert, company.id)
    if not form.validate_on_submit():
        page = render_template("experts/form.html", form=form, expert=expert, back=url_for(".experts"))
        return page, 422 if form.errors else 200
    saved = deeds.save(expert, company, me(), **form.values())
    if request.form.get("deed") == "ask":
        deeds.ask(saved, company, me(), applications[0].fair if applications else None)
        flash(_("A mail goes to %(email)s. The entry is public once they agree.", email=saved.email), "good")
    else:
        flash(_("Kept as a draft."), "info")
    db.session.commit()
    return redirect(url_for(".experts"), 303)


@bp.post("/experts/<int:id>/remove")
@place("experts")
def remove_expert(id: int) -> ResponseReturnValue:
    """Take an entry away for good."""
    deeds.remove(access.fetch(Expert, id, to="edit", options=queries.WHOLE), me())
    flash(_("The entry is removed."), "info")
    db.session.commit()
    return redirect(url_for(".experts"), 303)


@consent_bp.get("/<token>")
def consent(token: str) -> ResponseReturnValue:
    """What would be, or is, published about the one who holds the link."""
    expert = deeds.of_link(token)
    company = db.session.get_one(Company, expert.company_id)
    ties = queries.technologies_of(expert)
    context = {"expert": expert, "company": company, "technologies": ties, "token": token, "words": words}
    return render_template("experts/consent.html", **context)


@consent_bp.post("/<token>/<any(agree, decline, withdraw):deed>")
@limiter.limit("30 per hour")
def decide(token: str, deed: str) -> ResponseReturnValue:
    """Agree, decline, or withdraw later."""
    {"agree": deeds.agree, "decline": deeds.decline, "withdraw": deeds.withdraw}[deed](deeds.of_link(token))
    flash(_("Thank you. Your decision is kept; this link stays yours."), "good")
    db.session.commit()
    return redirect(url_for(".consent", token=token), 303)

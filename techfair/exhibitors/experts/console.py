"""The organizer's pages of experts and innovative firms: enter them for an exhibitor, and see who agreed."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import access
from techfair.exhibitors.experts import deeds, queries, words
from techfair.exhibitors.experts.forms import ExpertForm
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.place import fair_of
from techfair.exhibitors.queries import taking_part
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("expert_console", __name__, url_prefix="/organizer/fairs/<slug>/experts"))


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """Those of all exhibitors, and a choice of the one for which to enter another."""
    fair = fair_of(slug)
    context = {"experts": queries.of_fair(fair), "companies": queries.companies_at(fair), "words": words}
    return render_template("experts/console_list.html", **context)


@bp.route("/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Enter one for the exhibitor of ``?company=``."""
    fair = fair_of(slug)
    those = select(Company).where(taking_part(fair), Company.public_ref == request.args.get("company", ""))
    return _edit(fair, None, db.session.scalars(those).one_or_none() or abort(404))


@bp.route("/<int:id>", methods=["GET", "POST"])
def edit(slug: str, id: int) -> ResponseReturnValue:
    """Change an entry; they are asked again."""
    fair = fair_of(slug)
    expert = access.fetch(Expert, id, to="review", options=queries.WHOLE)
    return _edit(fair, expert, expert.company)


def _edit(fair: Fair, expert: Expert | None, company: Company) -> ResponseReturnValue:
    form, back = ExpertForm(expert, company.id), url_for(".listing", slug=fair.slug)
    if not form.validate_on_submit():
        page = render_template("experts/form.html", form=form, expert=expert, back=back, company=company)
        return page, 422 if form.errors else 200
    user: User = current_user._get_current_object()
    saved = deeds.save(expert, company, user, **form.values())
    if request.form.get("deed") == "ask":
        deeds.ask(saved, company, user, fair)
        flash(_("A mail goes to %(email)s. The entry is public once they agree.", email=saved.email), "good")
    else:
        flash(_("Kept as a draft."), "info")
    db.session.commit()
    return redirect(back, 303)

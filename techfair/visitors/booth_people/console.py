"""The organizer's page of quotas: how many people exhibitors bring, and how many they have brought."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from techfair.accounts.models import User
from techfair.core import access
from techfair.exhibitors import queries
from techfair.exhibitors.place import fair_of
from techfair.extensions import db
from techfair.visitors.booth_people import quotas
from techfair.visitors.booth_people.forms import quota_form, quota_rows
from techfair.visitors.booth_people.models import GuestCode, GuestUse

bp = access.signed_in(Blueprint("booth_people_console", __name__, url_prefix="/organizer/fairs/<slug>/booth-people"))


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Set the quotas; who named how many staff, and how many guests came by codes."""
    fair = fair_of(slug)
    form = quota_form(quotas.of_fair(fair.id))
    if form.validate_on_submit():
        by: User = current_user._get_current_object()
        quotas.set_quotas(fair, form.quotas(), by)
        flash(_("The quotas are set. Exhibitors name their staff on their own page “Staff and guests”."), "good")
        answer = redirect(url_for(".index", slug=slug), 303)
        db.session.commit()
        return answer
    exhibitors = queries.all_exhibitors(fair)
    ids = [one.id for one in exhibitors]
    page = render_template(
        "booth_people/console.html",
        form=form,
        rows=quota_rows(form),
        exhibitors=exhibitors,
        quotas=quotas.of(exhibitors),
        named=quotas.staff_counts(ids),
        came=_guests(ids),
    )
    return page, 422 if form.errors else 200


def _guests(exhibitor_ids: list[int]) -> dict[int, int]:
    """How many guests came by the codes of each exhibitor."""
    used = select(GuestCode.exhibitor_id, func.count()).join(GuestUse, GuestUse.code_id == GuestCode.id)
    used = used.where(GuestCode.exhibitor_id.in_(exhibitor_ids)).group_by(GuestCode.exhibitor_id)
    return {row[0]: row[1] for row in db.session.execute(used)}

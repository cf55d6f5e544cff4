"""The organizer's pages of this room: where they stand, and who has which booth. Applications: reviewing/."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access, pages, rail
from techfair.core.errors import TechfairError
from techfair.exhibitors import booths, queries
from techfair.exhibitors.booths import BoothTaken, BoothUnusable
from techfair.exhibitors.models import BoothAssignment, Exhibitor
from techfair.exhibitors.placing import giving
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("exhibitor_console", __name__, url_prefix="/organizer/fairs/<slug>/exhibitors"))
rail.console_entry("exhibitor_console", _l("Exhibitors"), "store", "exhibitor_console.listing", grant="read", order=20)


def me() -> User:
    user: User = current_user._get_current_object()
    return user


def fair_of(slug: str, to: str) -> Fair:
    """The fair of a page of this room, which is about it from now on."""
    fair = access.fetch(Fair, slug=slug, to=to)
    pages.show(fair)
    return fair


def of_fair(model: type[Any], id: int | None, fair: Fair, to: str, options: Any = ()) -> Any:
    """A thing of this fair; another fair's number is no number here."""
    return access.fetch(model, id, to=to, options=options, fair_id=fair.id)


@bp.get("/booths")
def booth_list(slug: str) -> ResponseReturnValue:
    """Every booth of the fair with who has it."""
    return _booth_page(fair_of(slug, "read"))


def _booth_page(fair: Fair, refusal: TechfairError | None = None) -> str:
    return render_template(
        "exhibitors/console_booths.html",
        rows=queries.booth_list(fair),
        exhibitors=queries.all_exhibitors(fair),
        without=queries.without_booth(fair),
        refusal=refusal,
        wanted=request.values.get("booth", 0, int),
    )


@bp.post("/booths/assign")
def assign_booth(slug: str) -> ResponseReturnValue:
    """Give a booth to an exhibitor, both of this fair."""
    fair = fair_of(slug, "exhibitors")
    booth = of_fair(Booth, request.form.get("booth_id", 0, int), fair, "exhibitors")
    exhibitor = of_fair(
        Exhibitor, request.form.get("exhibitor_id", 0, int), fair, "review", queries.EXHIBITOR_WITH_COMPANY
    )
    try:
        giving.give(exhibitor, booth, me())
    except (BoothTaken, BoothUnusable) as refusal:
        db.session.rollback()
        return _booth_page(fair, refusal), refusal.status
    flash(_("Booth %(code)s is given to %(name)s.", code=booth.code, name=exhibitor.company.name), "good")
    db.session.commit()
    return redirect(url_for(".booth_list", slug=slug), 303)


@bp.post("/booths/<int:booth_id>/release")
def release_booth(slug: str, booth_id: int) -> ResponseReturnValue:
    """Take a booth back from whoever has it."""
    fair = fair_of(slug, "exhibitors")
    booth = of_fair(Booth, booth_id, fair, "exhibitors")
    held: BoothAssignment | None = booths.held(booth)
    if held is not None:
        booths.release(held, of_fair(Exhibitor, held.exhibitor_id, fair, "review"), me())
        flash(_("Booth %(code)s is free.", code=booth.code), "info")
    db.session.commit()
    return redirect(url_for(".booth_list", slug=slug), 303)

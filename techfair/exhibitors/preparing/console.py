"""The organizer's page of how far the exhibitors are."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access, clock
from techfair.exhibitors.place import fair_of
from techfair.exhibitors.preparing import progress, table
from techfair.exhibitors.preparing.forms import due_form
from techfair.exhibitors.preparing.tasks import TASKS
from techfair.extensions import db

bp = access.signed_in(Blueprint("preparing_console", __name__, url_prefix="/organizer/fairs/<slug>/preparing"))


@bp.get("")
def listing(slug: str) -> ResponseReturnValue:
    """All exhibitors, those who are least far first; ``?missing=`` those who miss one task."""
    fair = fair_of(slug)
    everyone, missing = progress.of_fair(fair), request.args.get("missing", "")
    shown = [one for one in everyone if not missing or missing in one.missing_keys]
    return render_template(
        "preparing/console_list.html",
        everyone=everyone,
        shown=shown,
        missing=missing,
        tasks=TASKS,
        counts={
            task.key: sum(task.key in {item.task.key for item in one.missing} for one in everyone) for task in TASKS
        },
        due=progress.due_dates(fair.id),
        today=clock.today(fair.timezone),
    )


@bp.route("/due", methods=["GET", "POST"])
def due(slug: str) -> ResponseReturnValue:
    """By when each task is due."""
    fair = fair_of(slug)
    form = due_form(progress.due_dates(fair.id))
    if not form.validate_on_submit():
        return render_template("preparing/console_due.html", form=form, tasks=TASKS), 422 if form.errors else 200
    user: User = current_user._get_current_object()
    progress.set_due(fair, form.dates(), user)
    flash(_("The days are set. Exhibitors are reminded until they are done."), "good")
    db.session.commit()
    return redirect(url_for(".listing", slug=slug), 303)


@bp.get("/booths.xlsx")
def sheet(slug: str) -> ResponseReturnValue:
    """What all exhibitors said, for those who build the hall."""
    fair = fair_of(slug)
    return Response(
        table.of_fair(fair),
        mimetype=table.XLSX,
        headers={"Content-Disposition": f'attachment; filename="{fair.slug}-booths.xlsx"'},
    )

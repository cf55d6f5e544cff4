"""The organizer's page on which the badges of a fair are printed, all at once."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import RadioField

from techfair.core import access, jobs
from techfair.core.fields import Ticks, choices_of
from techfair.core.jobs import Job
from techfair.core.languages import LANGUAGES
from techfair.extensions import db
from techfair.visitors import printing
from techfair.visitors.place import fair_of
from techfair.visitors.printing import Order
from techfair.visitors.words import KIND_WORDS, PAPER_WORDS, PRINT_ORDER_WORDS

bp = access.signed_in(Blueprint("print_console", __name__, url_prefix="/organizer/fairs/<slug>/visitors/print"))


class PrintForm(FlaskForm):
    """What is printed, and how."""

    paper = RadioField(_l("Paper"), choices=choices_of(PAPER_WORDS.items()), default="a6")
    order = RadioField(_l("Sorted by"), choices=choices_of(PRINT_ORDER_WORDS.items()), default="name")
    language = RadioField(_l("Language of the badges"), choices=choices_of(LANGUAGES.items()), default="vi")
    kinds = Ticks(_l("Only these kinds of badge"), choices=choices_of(KIND_WORDS.items()))

    def wanted(self) -> Order:
        return Order(
            paper=self.paper.data,
            order=self.order.data,
            language=self.language.data,
            kinds=tuple(self.kinds.data or ()),
        )


@bp.route("", methods=["GET", "POST"])
def index(slug: str) -> ResponseReturnValue:
    """Choose what to print; the job's progress, and its file once it is made."""
    fair, form = fair_of(slug), PrintForm()
    if form.validate_on_submit():
        wanted = form.wanted()
        if total := printing.count(fair, wanted):
            jobs.start("print_badges", by=current_user, fair_id=fair.id, total=total, order=wanted.model_dump())
            db.session.commit()
            return redirect(url_for(".index", slug=slug), 303)
        form.kinds.errors = [printing.NothingToPrint.message]
    last, total = jobs.last("print_badges", fair.id), printing.count(fair, Order())
    page = render_template("visitors/print_all.html", form=form, job=last, total=total)
    return page, 422 if form.errors else 200


@bp.get("/progress")
def progress(slug: str) -> ResponseReturnValue:
    """The state of the last print, for the page that waits."""
    return render_template("visitors/_printing.html", job=jobs.last("print_badges", fair_of(slug).id) or abort(404))


@bp.post("/stop")
def stop(slug: str) -> ResponseReturnValue:
    """End the last print at its next part."""
    if job := jobs.last("print_badges", fair_of(slug).id):
        jobs.stop(job)
    db.session.commit()
    return redirect(url_for(".index", slug=slug), 303)


@bp.get("/badges-<int:id>.pdf")
def file(slug: str, id: int) -> ResponseReturnValue:
    """The PDF that a job of this fair made."""
    fair = fair_of(slug)
    job = db.session.scalars(select(Job).filter_by(id=id, name="print_badges", fair_id=fair.id)).one_or_none()
    digest = job.arguments.get("file") if job else None
    if not digest:
        abort(404)
    answer = Response(current_app.extensions["files"].read(digest), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_("badges")}-{fair.slug}.pdf"'
    return answer

"""The organizer's pages of a fair's call."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.accounts.models import User
from techfair.core import access, audit, pages
from techfair.core.errors import ChangedMeanwhile, TechfairError
from techfair.core.spreadsheets import XLSX
from techfair.exhibitors.call import arranging, queries, table
from techfair.exhibitors.call.arranging import QuestionAnswered
from techfair.exhibitors.call.console_forms import QuestionForm, TermsForm
from techfair.exhibitors.call.models import CallQuestion
from techfair.exhibitors.call.words import KINDS
from techfair.exhibitors.place import fair_of
from techfair.extensions import db
from techfair.fairs import showing as fair_showing
from techfair.fairs.models import Fair

bp = access.signed_in(Blueprint("call_console", __name__, url_prefix="/organizer/fairs/<slug>/call"))


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


@bp.get("")
def index(slug: str) -> ResponseReturnValue:
    """The days, the conditions, the questions in their order and those no longer asked."""
    fair = fair_of(slug)
    return render_template(
        "call/console.html",
        window=fair_showing.applications(fair),
        terms=queries.terms_of(fair.id),
        questions=queries.questions_of(fair.id),
        retired=queries.questions_of(fair.id, is_retired=True),
        counts=queries.answer_counts(fair.id),
        kinds=KINDS,
    )


@bp.route("/conditions", methods=["GET", "POST"])
def terms(slug: str) -> ResponseReturnValue:
    """What who applies must accept from now on."""
    fair = fair_of(slug)
    present = queries.terms_of(fair.id)
    form = TermsForm(present)
    if not form.validate_on_submit():
        return render_template("call/console_terms.html", form=form, terms=present), 422 if form.errors else 200
    try:
        arranging.set_terms(fair, form.version.data, form.text_vi.data or "", form.text_en.data or "", _me())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        present = queries.terms_of(fair_of(slug).id)
        form.version.data = present.version if present else 0
        return render_template("call/console_terms.html", form=form, terms=present, theirs=present), refusal.status
    flash(_("The conditions are set. Who applies from now on accepts these."), "good")
    return _done(slug)


@bp.route("/questions/new", methods=["GET", "POST"])
def new(slug: str) -> ResponseReturnValue:
    """Ask something more."""
    fair, form = fair_of(slug), QuestionForm()
    if not form.validate_on_submit():
        return _question_page(form)
    arranging.add(fair, _me(), **form.values())
    flash(_("The question is asked from now on."), "good")
    return _done(slug)


@bp.route("/questions/<int:id>", methods=["GET", "POST"])
def edit(slug: str, id: int) -> ResponseReturnValue:
    """Reword a question."""
    question = _question(fair_of(slug), id)
    form = QuestionForm(question)
    if not form.validate_on_submit():
        return _question_page(form, question)
    try:
        arranging.change(question, form.version.data, _me(), **form.values())
    except (ChangedMeanwhile, QuestionAnswered) as refusal:
        db.session.rollback()
        question = _question(fair_of(slug), id)
        form.version.data = question.version
        page, _status = _question_page(form, question, refusal)
        return page, refusal.status
    flash(_("The question is saved."), "good")
    return _done(slug)


def _question(fair: Fair, id: int) -> CallQuestion:
    return access.fetch(CallQuestion, id, to="edit", fair_id=fair.id)


def _question_page(
    form: QuestionForm, question: CallQuestion | None = None, refusal: TechfairError | None = None
) -> tuple[str, int]:
    is_answered = question is not None and arranging.is_answered(question)
    context = {"question": question, "is_answered": is_answered, "refusal": refusal}
    return render_template("call/console_question.html", form=form, **context), 422 if form.errors else 200


@bp.post("/questions/<int:id>/<any(up, down, retire, again):deed>")
def act(slug: str, id: int, deed: str) -> ResponseReturnValue:
    """Move a question, ask it no more, or ask it again."""
    question = _question(fair_of(slug), id)
    if deed == "retire":
        told = _("The question is deleted: nobody had answered it.")
        if not arranging.retire(question, _me()):
            told = _("The question is asked no more. Its answers stay with the applications.")
        flash(told, "good")
    elif deed == "again":
        arranging.ask_again(question, _me())
    elif question.retired_at is None:
        arranging.move(question, deed == "up", _me())
    return _done(slug)


def _done(slug: str) -> ResponseReturnValue:
    answer = redirect(url_for(".index", slug=slug), 303)
    db.session.commit()
    return answer


@bp.post("/applications.xlsx")
def sheet(slug: str) -> ResponseReturnValue:
    """All applications with their answers; who took them along stands in the log."""
    fair = fair_of(slug)
    number, data = table.of_fair(fair)
    audit.record("applications.exported", fair, by=_me(), number=number, form="xlsx")
    db.session.commit()
    answer: Response = pages.download(data, XLSX, f"applications-{fair.slug}.xlsx")
    return answer

"""What somebody who is interested does: ask for what is kept back, promise confidentiality, be shown it.

Whoever is shown anything is written down, so being shown is a button that posts, and its answer is kept nowhere.
"""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.core import access
from techfair.core.refusal import InputRefused
from techfair.exhibitors.disclosure import deeds, parts, queries, readers, undertaking, words
from techfair.exhibitors.disclosure.forms import AskForm, SignForm
from techfair.exhibitors.disclosure.models import DisclosureRequest
from techfair.exhibitors.disclosure.readers import Reader
from techfair.exhibitors.disclosure.undertaking import TextChanged
from techfair.exhibitors.documents import deeds as documents
from techfair.exhibitors.documents.models import RecordDocument
from techfair.exhibitors.permanent import queries as known
from techfair.exhibitors.permissions import role_at
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db, limiter

bp = access.public_blueprint(Blueprint("disclosure", __name__))
ADDRESS = "/technologies/<ref>/kept-back"


@bp.get("/disclosures")
def mine() -> ResponseReturnValue:
    """All that this reader asked for, and what came of it."""
    reader = readers.present()
    if reader is None:
        return render_template("disclosure/who.html"), 403
    return render_template("disclosure/mine.html", requests=queries.of_reader(reader.key), words=words)


@bp.get(ADDRESS)
def page(ref: str) -> ResponseReturnValue:
    """What is kept back, where one's own request stands, and what comes next."""
    technology, reader, wish = _here(ref)
    return _page(technology, reader, wish, _ask_form(reader))


@bp.post(ADDRESS)
@limiter.limit("20 per hour")
def ask(ref: str) -> ResponseReturnValue:
    """Send a request; the company is told by mail."""
    technology, reader, wish = _here(ref)
    form = _ask_form(_asking(reader))
    if not form.validate_on_submit():
        return _page(technology, reader, wish, form), 422
    deeds.ask(technology, _asking(reader), str(form.purpose.data), str(form.organisation.data))
    flash(_("The request is sent. The company answers by mail."), "good")
    return _back(ref)


@bp.post(f"{ADDRESS}/withdraw")
def withdraw(ref: str) -> ResponseReturnValue:
    """Take one's own request back."""
    deeds.withdraw(_own(ref)[1])
    flash(_("The request is withdrawn."), "info")
    return _back(ref)


@bp.route(f"{ADDRESS}/undertaking", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def sign(ref: str) -> ResponseReturnValue:
    """Read the undertaking and sign it by typing one's name."""
    technology, wish = _own(ref)
    text = undertaking.text_for(wish, technology, technology.company)
    form, problem = SignForm(), None
    if form.validate_on_submit():
        try:
            told = {"read": str(form.read.data), "name": str(form.name.data)}
            undertaking.sign(wish, text, address=request.remote_addr or "", **told)
        except InputRefused as refusal:
            form.name.errors = [refusal.message]
        except TextChanged as refusal:
            problem = refusal
        else:
            flash(_("The undertaking is signed. You may now open what is kept back."), "good")
            return _back(ref)
    form.read.data = undertaking.digest_of(text)
    context = {"technology": technology, "wish": wish, "form": form, "text": text, "problem": problem}
    page = render_template("disclosure/undertaking.html", signed=undertaking.of(wish), **context)
    return page, 409 if problem else 422 if form.errors else 200


@bp.post(f"{ADDRESS}/open")
def open_parts(ref: str) -> ResponseReturnValue:
    """Show what this reader may see, and write down that it was shown."""
    technology, wish = _own(ref)
    levels = deeds.open_levels(wish) or abort(404)
    deeds.show(wish, request.remote_addr or "")
    page = render_template(
        "disclosure/opened.html",
        technology=parts.opened(technology, levels),
        company=technology.company,
        labels=parts.LABELS,
        names=[part for part, level in parts.saying(technology).items() if level in levels],
        documents=[one for one in documents.of(technology) if one.level in levels],
        wish=wish,
    )
    db.session.commit()
    return _unkept(make_response(page))


@bp.post(f"{ADDRESS}/documents/<int:id>")
def open_document(ref: str, id: int) -> ResponseReturnValue:
    """Hand out a document that this reader may see, and write down that they got it."""
    technology, wish = _own(ref)
    levels = deeds.open_levels(wish)
    mine = db.select(RecordDocument).filter_by(id=id, technology_id=technology.id)
    document = db.session.scalars(mine).one_or_none()
    if document is None or document.level not in levels:
        abort(404)
    deeds.show(wish, request.remote_addr or "", document.title_vi)
    answer = Response(current_app.extensions["files"].read(document.digest), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{technology.public_ref}-{document.id}.pdf"'
    db.session.commit()
    return _unkept(answer)


def _here(ref: str) -> tuple[Technology, Reader | None, DisclosureRequest | None]:
    technology: Technology = known.record(Technology, ref) or abort(404)
    reader = readers.present()
    return technology, reader, queries.latest_of(technology, reader.key) if reader else None


def _own(ref: str) -> tuple[Technology, DisclosureRequest]:
    """The reader's own request; 404 without one."""
    technology, _reader, wish = _here(ref)
    return technology, wish or abort(404)


def _asking(reader: Reader | None) -> Reader:
    """Who may ask: a known reader."""
    if reader is None:
        abort(make_response(render_template("disclosure/who.html"), 403))
    return reader


def _ask_form(reader: Reader | None) -> AskForm:
    return AskForm(data={"organisation": reader.organisation if reader else ""})


def _page(technology: Technology, reader: Reader | None, wish: DisclosureRequest | None, form: AskForm) -> str:
    return render_template(
        "disclosure/page.html",
        technology=technology,
        company=technology.company,
        held=parts.held(technology, documents.of(technology)),
        reader=reader,
        wish=wish,
        is_open=wish is not None and wish.state in ("asked", "granted"),
        signed=undertaking.of(wish) if wish else None,
        is_own=role_at(current_user, technology.company_id) is not None,
        form=form,
        words=words,
    )


def _back(ref: str) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for(".page", ref=ref), 303)


def _unkept(answer: Response) -> Response:
    """Neither the browser nor what stands between keeps it."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

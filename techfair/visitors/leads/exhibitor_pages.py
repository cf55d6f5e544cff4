"""The exhibitor's own pages of leads: scanning badges, the list, one lead, questions, files to take along."""

from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from pydantic import ValidationError
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from techfair.accounts.models import User
from techfair.core import access, audit, pages
from techfair.core.database import insert_new
from techfair.core.fields import Line
from techfair.core.spreadsheets import XLSX
from techfair.exhibitors import front, own, queries
from techfair.exhibitors.models import Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import kept_pages
from techfair.visitors.leads import exporting, noting, posters
from techfair.visitors.leads.contacts import WITH_PERSON, LeadsWanted, contacts, leads_of, tags_of
from techfair.visitors.leads.models import Lead, LeadQuestion
from techfair.visitors.leads.noting import NotesInput
from techfair.visitors.words import KIND_WORDS, REASON_WORDS

bp = access.signed_in(Blueprint("exhibitor_leads", __name__, url_prefix="/exhibitor/leads"))
front.own_entry("exhibitor_leads.index", _l("Leads"), "scan-qr-code", "exhibitor_leads.index", order=40)
MOST_QUESTIONS = 5


class QuestionForm(FlaskForm):
    text = Line(_l("Question"), most=120, needed=_l("Type the question."))


def _mine() -> Exhibitor:
    """The exhibitor of this person; a page that says what to do where there is none yet."""
    front.show_own_rail("exhibitor_leads.index")
    exhibitor = own.current_exhibitor()
    if exhibitor is None:
        abort(Response(render_template("leads/no_exhibitor.html")))
    return exhibitor


@bp.get("")
def index() -> ResponseReturnValue:
    """Whom the exhibitor met, the newest first."""
    exhibitor = _mine()
    wanted = _wanted(request.args)
    page = db.paginate(leads_of(exhibitor.id, wanted), per_page=50, max_per_page=50, error_out=False)
    shown = {"wanted": wanted, "tags": tags_of(exhibitor.id), "contacts": contacts(page.items)}
    return render_template("leads/index.html", page=page, **shown)


def _wanted(given: MultiDict[str, str]) -> LeadsWanted:
    """What the list was narrowed to; its files are narrowed alike."""
    return LeadsWanted(given.get("q", "")[:100], given.get("rating", type=int), given.get("tag", "")[:40])


@bp.get("/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """One lead with everything that was noted, by whom and when."""
    exhibitor = _mine()
    lead = access.fetch(Lead, id, to="act", exhibitor_id=exhibitor.id, options=WITH_PERSON)
    people = {note.user_id for note in lead.notes if note.user_id}
    names = {user.id: user.full_name for user in db.session.scalars(select(User).where(User.id.in_(people)))}
    contact = contacts([lead])[lead.id]
    return render_template("leads/lead.html", lead=lead, contact=contact, names=names)


@bp.get("/scan")
def scan() -> ResponseReturnValue:
    """The page that reads badges at the booth; it opens and keeps notes without network, too."""
    exhibitor = _mine()
    pages.allow_wasm()
    questions = [question.text for question in _questions(exhibitor)]
    answer = Response(render_template("leads/scan.html", told=_told(exhibitor), questions=questions))
    answer.headers["X-Version"] = pages.static_digest()
    return answer


def _told(exhibitor: Exhibitor) -> dict[str, Any]:
    fair: Fair = g.fair
    return {
        "key": f"{fair.slug}/{exhibitor.company.public_ref}",
        "fair": fair.number,
        "addresses": {
            "notes": url_for(".take_notes", id=exhibitor.id),
            "token": url_for(".token"),
            "worker": url_for(".worker"),
        },
        "words": {
            "number": _("No. %(number)s", number="{number}"),
            "kept": _("Kept on this device; it is sent when the network is back."),
            "sent": _("Saved as a lead."),
            "refused": _("This browser keeps nothing: notes that wait to be sent are lost when this page is closed."),
            "other_fair": str(REASON_WORDS["other_fair"]),
            "unknown_code": str(REASON_WORDS["unknown_code"]),
            "signed_out": _("Sign in again to send what waits."),
            "reasons": {reason: str(word) for reason, word in REASON_WORDS.items()},
            "kinds": [str(word) for word in KIND_WORDS.values()],
        },
    }


@bp.get("/worker.js")
@access.public
def worker() -> ResponseReturnValue:
    """The service worker of the page that reads badges."""
    return kept_pages.worker("leads", "^/exhibitor/leads/scan$")


@bp.get("/token")
def token() -> ResponseReturnValue:
    """What a page that was opened long ago needs to send what it kept."""
    return jsonify(csrf=generate_csrf())


@bp.post("/of/<int:id>")
def take_notes(id: int) -> ResponseReturnValue:
    """Keep notes that a device sends, once each however often they come."""
    exhibitor = access.fetch(Exhibitor, id, to="act")
    fair = access.fetch(Fair, id=exhibitor.fair_id, to="see")
    try:
        given = NotesInput.model_validate(request.get_json(silent=True))
    except ValidationError as refused:
        return jsonify(code="invalid", errors=refused.errors(include_input=False, include_context=False)), 422
    results = noting.note(exhibitor, fair, given, current_user)
    answer = jsonify(results=results)
    db.session.commit()
    return answer


@bp.route("/questions", methods=["GET", "POST"])
def questions() -> ResponseReturnValue:
    """The exhibitor's own questions to everyone at its booth."""
    exhibitor, form = _mine(), QuestionForm()
    asked = _questions(exhibitor)
    if form.validate_on_submit():
        if len(asked) >= MOST_QUESTIONS:
            form.text.errors = [_("Five questions are enough: people stand in a queue. Remove one first.")]
        else:
            row = {"exhibitor_id": exhibitor.id, "text": form.text.data}
            insert_new(LeadQuestion, [row], returning=LeadQuestion.id)
            db.session.commit()
            return redirect(url_for(".questions"), 303)
    page = render_template("leads/questions.html", form=form, questions=asked)
    return page, 422 if form.errors else 200


@bp.post("/questions/<int:id>/remove")
def remove_question(id: int) -> ResponseReturnValue:
    """Ask a question no more; what was answered stays with the leads."""
    question = access.fetch(LeadQuestion, id, to="act", exhibitor_id=_mine().id)
    db.session.delete(question)
    db.session.commit()
    return redirect(url_for(".questions"), 303)


@bp.post("/leads.xlsx")
def spreadsheet() -> ResponseReturnValue:
    """The leads that the list shows as a spreadsheet, on all its pages; who took it along stands in the log."""
    fair, leads = _taken_along("xlsx")
    data = exporting.as_xlsx(leads, _("Leads – %(fair)s", fair=fair.name), fair.timezone)
    db.session.commit()
    return pages.download(data, XLSX, f"leads-{fair.slug}.xlsx")


@bp.post("/leads.vcf")
def cards() -> ResponseReturnValue:
    """Those of the list whose contact may be read, for an address book."""
    fair, leads = _taken_along("vcf")
    data = exporting.as_vcards(leads).encode()
    db.session.commit()
    return pages.download(data, "text/vcard; charset=utf-8", f"leads-{fair.slug}.vcf")


def _taken_along(form: str) -> tuple[Fair, list[Lead]]:
    exhibitor = _mine()
    leads = list(db.session.scalars(leads_of(exhibitor.id, _wanted(request.form))))
    audit.record("leads.exported", exhibitor, by=current_user, number=len(leads), form=form)
    return g.fair, leads


@bp.get("/code")
def code() -> ResponseReturnValue:
    """The booth's code, to print: any phone opens the exhibitor's page by it."""
    exhibitor = _mine()
    whole = queries.exhibitor_at(g.fair, exhibitor.company_id)
    (poster,) = posters.of(g.fair, [whole or abort(404)])
    return render_template("leads/code.html", poster=poster)


def _questions(exhibitor: Exhibitor) -> list[LeadQuestion]:
    mine = select(LeadQuestion).filter_by(exhibitor_id=exhibitor.id).order_by(LeadQuestion.id)
    return list(db.session.scalars(mine))

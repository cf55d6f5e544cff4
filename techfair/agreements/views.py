"""The parties' own pages: their agreements, drafting one from a meeting, sending it for signing."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from techfair.accounts.models import User
from techfair.agreements import drafting, kinds, queries, showing, signing, sources
from techfair.agreements.documents import load
from techfair.agreements.forms import AgreementForm, ReasonForm
from techfair.agreements.models import Agreement
from techfair.agreements.sources import Source
from techfair.core import access, pages
from techfair.core.errors import ChangedMeanwhile
from techfair.core.pdf import TextNotPrintable
from techfair.exhibitors import front
from techfair.exhibitors.front import Action
from techfair.extensions import db
from techfair.meetings.front import outcome
from techfair.meetings.models import Meeting

bp = access.signed_in(Blueprint("agreement_own", __name__, url_prefix="/exhibitor/agreements"))
bp.before_request(lambda: front.show_own_rail("agreement_own.mine"))
front.own_entry("agreement_own.mine", _l("Agreements"), "file-signature", "agreement_own.mine", order=60)

KEPT = ("meeting_id", "technology_id", "project_id", "sector", "partner_country")


@outcome(10)
def draft_from(meeting: Meeting) -> Action | None:
    """What managers may make of a meeting of their company."""
    if "own_exhibitor" not in g:
        g.own_exhibitor = queries.exhibitor_of_manager(current_user.id)
    address = url_for("agreement_own.new", meeting_id=meeting.id)
    return Action(_("Draft a memorandum"), address, "file-pen") if g.own_exhibitor else None


@bp.get("")
def mine() -> ResponseReturnValue:
    """The agreements of my companies."""
    agreements = queries.of_manager(current_user.id)
    own = queries.exhibitor_of_manager(current_user.id)
    if own is not None:
        pages.show(own.fair)
    return render_template("agreements/mine.html", agreements=agreements, can_draft=own is not None, kinds=kinds)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Draft an agreement: from the meeting ``?meeting_id=``, else with a partner whose data are typed."""
    source = _source(request.args.get("meeting_id", type=int))
    if source is None:
        return redirect(url_for(".mine"), 303)
    pages.show(source.fair)
    form = AgreementForm(data=source.shown | {"parties": source.parties})
    if form.validate_on_submit():
        parties = form.party_values(source.company_ids)
        agreement = drafting.draft(source.fair, form.kind.data, form.deal(**source.kept), parties, by=_me())
        shown = redirect(url_for(".show", id=agreement.id), 303)
        db.session.commit()
        return shown
    return render_template("agreements/form.html", form=form, agreement=None), 422 if form.errors else 200


@bp.get("/<int:id>")
def show(id: int) -> str:
    """One agreement: who has signed, what comes next."""
    return _shown(_fetch(id, to="read"), ReasonForm(formdata=None))


@bp.route("/<int:id>/edit", methods=["GET", "POST"])
def edit(id: int) -> ResponseReturnValue:
    """Change a draft while its text is open."""
    agreement = _fetch(id, to="edit")
    agreement.require_open()
    form = AgreementForm(obj=agreement)
    del form.kind
    if request.method == "GET":
        form.show_value(agreement.value)
    if form.validate_on_submit():
        try:
            _change(agreement, form)
        except ChangedMeanwhile:
            form.version.errors = [_("The other party changed the draft meanwhile. Look at it, then decide again.")]
        else:
            db.session.commit()
            return redirect(url_for(".show", id=id), 303)
    return render_template("agreements/form.html", form=form, agreement=agreement), 422 if form.errors else 200


@bp.post("/<int:id>/invite")
def invite(id: int) -> ResponseReturnValue:
    """Settle the text and ask all parties to sign; pressed twice it is done once."""
    agreement = _fetch(id, to="edit")
    if agreement.is_open:
        try:
            drafting.freeze(agreement, by=_me())
        except TextNotPrintable as refusal:
            db.session.rollback()
            flash(str(refusal.message), "bad")
            return redirect(url_for(".edit", id=id), 303)
        signing.invite(agreement, by=_me())
        db.session.commit()
        flash(_("The text is settled. Each party has received a link to read and sign it."), "good")
    return redirect(url_for(".show", id=id), 303)


@bp.post("/<int:id>/ask-again")
def ask_again(id: int) -> ResponseReturnValue:
    """Mail the links anew to those who have not signed."""
    agreement = _fetch(id, to="edit")
    try:
        asked = signing.ask_again(agreement, by=_me())
    except signing.TooSoon as refusal:
        flash(str(refusal.message), "warn")
    else:
        names = ", ".join(signature.signer_name for signature in asked)
        db.session.commit()
        flash(ngettext("The link was sent to %(names)s.", "The links were sent to %(names)s.", len(asked), names=names))
    return redirect(url_for(".show", id=id), 303)


@bp.post("/<int:id>/abandon")
def abandon(id: int) -> ResponseReturnValue:
    """Give an agreement up before all have signed."""
    agreement = _fetch(id, to="edit")
    form = ReasonForm()
    if not form.validate_on_submit():
        return _shown(agreement, form), 422
    drafting.abandon(agreement, by=_me(), reason=form.reason.data or "")
    db.session.commit()
    return redirect(url_for(".show", id=id), 303)


@bp.get("/<int:id>/document.pdf")
def document(id: int) -> ResponseReturnValue:
    """The document as it stands."""
    return showing.as_pdf(_fetch(id, to="read"))


@bp.get("/<int:id>/pages/<int:number>.png")
def page(id: int, number: int) -> ResponseReturnValue:
    """A page of the settled document."""
    return showing.as_picture(_fetch(id, to="read"), number)


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _source(meeting_id: int | None) -> Source | None:
    if meeting_id is not None:
        access.fetch(Meeting, meeting_id, to="edit")
        source = sources.from_meeting(queries.meeting_with_parties(meeting_id))
        if not queries.manages_one_of(current_user.id, source.company_ids):
            abort(404)  # staff meet, managers sign
        return source
    own = queries.exhibitor_of_manager(current_user.id)
    return sources.from_exhibitor(own) if own is not None else None


def _fetch(id: int, *, to: str) -> Agreement:
    access.fetch(Agreement, id, to=to)
    agreement = load(id, for_update=request.method == "POST")
    pages.show(agreement.fair)
    return agreement


def _change(agreement: Agreement, form: AgreementForm) -> None:
    deal = form.deal(**{name: getattr(agreement, name) for name in KEPT})
    parties = form.party_values([party.company_id for party in agreement.parties])
    drafting.change(agreement, deal, parties, by=_me(), version=form.version.data)


def _shown(agreement: Agreement, form: ReasonForm) -> str:
    here: dict[str, Any] = {"id": agreement.id}
    return render_template(
        "agreements/agreement.html",
        **showing.everything(agreement),
        form=form,
        document_url=url_for(".document", **here),
        page_urls=showing.page_urls(agreement, ".page", **here),
    )

"""The pages of a negotiation: by a party's mailed link, without an account, and for managers in their console."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from techfair.agreements import content, documents, drafting, kinds, mailed_pages, showing, signing
from techfair.agreements.deal import values
from techfair.agreements.forms import ReasonForm
from techfair.agreements.models import Agreement, Party
from techfair.agreements.negotiation import differences, queries, talking
from techfair.agreements.negotiation.forms import CommentForm, ProposalForm
from techfair.agreements.templates import fields
from techfair.agreements.templates.checking import ContentMissing
from techfair.agreements.templates.words import FIELDS
from techfair.core import access, links, pages
from techfair.core.errors import StepSkipped
from techfair.core.languages import language
from techfair.core.pdf import TextNotPrintable
from techfair.exhibitors import front
from techfair.extensions import db

bp = mailed_pages.by_link(Blueprint("negotiation", __name__, url_prefix="/negotiate"))
own_bp = access.signed_in(Blueprint("own_negotiation", __name__, url_prefix="/exhibitor/agreements"))
own_bp.before_request(lambda: front.show_own_rail("agreement_own.mine"))

Found = tuple[Agreement, Party]


@dataclass(frozen=True)
class Round:
    """One way into a negotiation: how agreement and party are found, in which frame they are shown."""

    blueprint: Blueprint
    find: Callable[..., Found]
    layout: str

    def pages(self, at: str) -> None:
        """Add the page and its deeds under an address."""
        for rule, page, method in (
            ("", self.page, "GET"),
            ("/document.pdf", self.document, "GET"),
            ("/versions/<int:number>", self.version, "GET"),
            ("/clauses/<int:clause>/comment", self.comment, "POST"),
            ("/clauses/<int:clause>/propose", self.propose, "POST"),
            ("/proposals/<int:proposal_id>/<any(accepted, rejected, withdrawn):verdict>", self.decide, "POST"),
            ("/agree", self.agree, "POST"),
        ):
            self.blueprint.add_url_rule(at + rule, page.__name__, page, methods=[method])

    def page(self, **where: Any) -> ResponseReturnValue:
        """The text with all that is said of it."""
        return self._page(*self.find(**where), where)

    def document(self, **where: Any) -> ResponseReturnValue:
        """The document as it stands."""
        return showing.as_pdf(self.find(**where)[0])

    def version(self, number: int, **where: Any) -> ResponseReturnValue:
        """What a version changed."""
        agreement, party = self.find(**where)
        versions = {one.number: one for one in queries.versions(agreement)}
        if number not in versions:
            abort(404)
        read = _reader(agreement)
        after = [queries.as_read(one, read) for one in versions[number].clauses]
        before = [queries.as_read(one, read) for one in versions[number - 1].clauses] if number - 1 in versions else []
        return self._show(
            "agreements/negotiation_version.html",
            agreement,
            where,
            version=versions[number],
            changes=differences.of_texts(before, after),
            is_first=number - 1 not in versions,
            party=party,
        )

    def comment(self, clause: int, **where: Any) -> ResponseReturnValue:
        """Say something about a clause."""
        agreement, party = self._clause(clause, where)
        form = CommentForm(prefix=f"comment-{clause}")
        if not form.validate_on_submit():
            return self._page(agreement, party, where, typed={clause: {"comment": form}}), 422
        talking.comment(agreement, party, clause, form.text.data or "")
        return self._done(where, clause)

    def propose(self, clause: int, **where: Any) -> ResponseReturnValue:
        """Propose another wording of a clause."""
        agreement, party = self._clause(clause, where)
        form = ProposalForm(prefix=f"proposal-{clause}")
        form.before = agreement.clauses[clause]
        if form.validate_on_submit():
            try:
                talking.propose(agreement, party, clause, form.clause(), form.reason.data or "")
            except (talking.NothingProposed, talking.TooManyProposals) as refusal:
                form.text_vi.errors = [str(refusal.message)]
            else:
                return self._done(where, clause)
        return self._page(agreement, party, where, typed={clause: {"proposal": form}}), 422

    def decide(self, proposal_id: int, verdict: str, **where: Any) -> ResponseReturnValue:
        """Accept, reject or withdraw a proposal; pressed twice it is done once."""
        agreement, party = self.find(**where)
        proposal = queries.proposal(agreement, proposal_id) or abort(404)
        if proposal.state != verdict:
            try:
                talking.decide(agreement, party, proposal, verdict)
            except talking.ProposalOutdated as refusal:
                flash(str(refusal.message), "warn")
        return self._done(where, proposal.clause)

    def agree(self, **where: Any) -> ResponseReturnValue:
        """Agree to the text as it was shown; with the last consent it is settled and sent for signing."""
        agreement, party = self.find(**where)
        try:
            if talking.agree(agreement, party, request.form.get("digest", "")):
                drafting.freeze(agreement, by=party.email)
                signing.invite(agreement, by=party.email)
                flash(_("All parties agree. The text is settled, and each signer gets a link by mail."), "good")
        except talking.ConsentMissing:
            flash(_("The text changed while you read it. Read the present one, then decide again."), "warn")
        except (ContentMissing, TextNotPrintable) as refusal:
            db.session.rollback()
            flash(str(refusal.message), "bad")
        return self._done(where)

    def _clause(self, clause: int, where: dict[str, Any]) -> Found:
        agreement, party = self.find(**where)
        if clause >= len(agreement.clauses):
            abort(404)
        return agreement, party

    def _done(self, where: dict[str, Any], clause: int | None = None) -> ResponseReturnValue:
        back = url_for(".page", **where, _anchor=f"clause-{clause}" if clause is not None else None)
        db.session.commit()
        return redirect(back, 303)

    def _page(self, agreement: Agreement, party: Party, where: dict[str, Any], typed: Any = None) -> str:
        read = _reader(agreement)
        given = {one.party_id: one for one in talking.consents(agreement)}
        return self._show(
            "agreements/negotiation.html",
            agreement,
            where,
            party=party,
            rows=queries.by_clause(agreement, read),
            read=read,
            used=lambda clause: fields.used(clause["text_vi"], clause["text_en"]),
            fields=FIELDS,
            stands_for=lambda name: read(f"{{{name}}}", language()),
            versions=queries.versions(agreement),
            consents=given,
            digest=content.digest(agreement),
            form_of=lambda row, name: (typed or {}).get(row["number"], {}).get(name) or _form(row, name),
            has_errors=typed or {},
            form=next((one for forms in (typed or {}).values() for one in forms.values()), ReasonForm(formdata=None)),
            is_open=agreement.state == "negotiation",
        )

    def _show(self, template: str, agreement: Agreement, where: dict[str, Any], **context: Any) -> str:
        # The article says the value in words; beside the text its figures are enough.
        figures = {"value": values.short(agreement) or documents.value_shown(agreement)}
        folder = "attachment" if "token" in where else "own_attachment"
        figures |= showing.attachments(agreement, folder, **where)
        shown = showing.deal(agreement) | figures | {"kinds": kinds, "layout": self.layout, "here": where}
        return render_template(template, agreement=agreement, **shown, **context)


def _reader(agreement: Agreement) -> queries.Read:
    """Fills in the fields of a text, as the document does."""
    known = fields.of(agreement)
    return lambda text, locale: fields.filled(text, locale, known)


def _form(row: dict[str, Any], name: str) -> Any:
    if name == "comment":
        return CommentForm(formdata=None, prefix=f"comment-{row['number']}")
    return ProposalForm(formdata=None, prefix=f"proposal-{row['number']}", data=row["clause"])


def _by_link(token: str) -> Found:
    party = queries.party(links.read("negotiation", token, days=talking.LINK_DAYS))
    if party is None:
        raise links.LinkBroken
    return _loaded(party.agreement_id, party.id)


def _by_account(id: int) -> Found:
    access.fetch(Agreement, id, to="edit")
    agreement = documents.load(id, for_update=request.method == "POST")
    party = queries.party_of(agreement, current_user.id) or abort(404)
    return _loaded(id, party.id)


def _loaded(id: int, party_id: int) -> Found:
    agreement = documents.load(id, for_update=request.method == "POST")
    pages.show(agreement.fair)
    return agreement, next(party for party in agreement.parties if party.id == party_id)


@bp.errorhandler(StepSkipped)
@own_bp.errorhandler(StepSkipped)
def too_late(error: StepSkipped) -> ResponseReturnValue:
    """Somebody else acted meanwhile: the page says how it stands now."""
    kept = {name: value for name, value in (request.view_args or {}).items() if name in {"token", "id"}}
    return redirect(url_for(".page", **kept), 303)


Round(bp, _by_link, "layouts/public.html").pages("/<token>")
Round(own_bp, _by_account, "layouts/console.html").pages("/<int:id>/negotiation")

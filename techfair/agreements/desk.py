"""Drafting, changing and sending, the same for a party in its own pages and for organizers in the console."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from techfair.accounts.models import User
from techfair.agreements import drafting, queries, showing, signing, sources
from techfair.agreements.amending import drafting_changes
from techfair.agreements.deal import filling
from techfair.agreements.deal.forms import AgreementForm
from techfair.agreements.forms import ReasonForm
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import queries as negotiation
from techfair.agreements.negotiation import talking
from techfair.agreements.sources import Source
from techfair.agreements.templates.checking import ContentMissing
from techfair.core.errors import ChangedMeanwhile
from techfair.core.pdf import TextNotPrintable
from techfair.exhibitors import queries as exhibitor_queries
from techfair.extensions import db
from techfair.fairs.models import Fair

KEPT = ("meeting_id", "connection_id", "project_id", "sector", "partner_country")


@dataclass(frozen=True)
class Desk:
    """Where somebody works on agreements: how one is fetched and shown, which kinds are drafted there."""

    blueprint: Blueprint
    fetch: Callable[..., Agreement]
    show: Callable[[Agreement, ReasonForm], str]
    home: str
    kinds: Sequence[str]

    def deeds(self) -> None:
        """Add the pages on which an agreement is changed, sent and ended."""
        for rule, deed, methods in (
            ("edit", self.edit, ["GET", "POST"]),
            ("share", self.share, ["POST"]),
            ("invite", self.invite, ["POST"]),
            ("ask-again", self.ask_again, ["POST"]),
            ("abandon", self.abandon, ["POST"]),
            ("amend", self.amend, ["POST"]),
            ("terminate", self.terminate, ["POST"]),
        ):
            self.blueprint.add_url_rule(f"/<int:id>/{rule}", deed.__name__, deed, methods=methods)

    def draft(self, source: Source, kept: dict[str, Any]) -> ResponseReturnValue:
        """Draft from a source; ``kept`` are the arguments of the address."""
        parties = [filling.of_source(party) for party in source.parties]
        form = AgreementForm(self.kinds, source.fair.today, data=source.shown | {"parties": parties})
        if answer := self._grown(form, source.fair, None, kept):
            return answer
        if form.validate_on_submit():
            agreement = drafting.draft(
                source.fair, form.kind.data, form.deal(**source.kept), form.party_values(), by=_me()
            )
            db.session.flush()
            shown = redirect(url_for(".show", id=agreement.id, **kept), 303)
            db.session.commit()
            return shown
        return self._form(form, None, kept), 422 if form.errors else 200

    def edit(self, **where: Any) -> ResponseReturnValue:
        """Change a draft while its text is open."""
        agreement = self.fetch(to="edit", **where)
        agreement.require_open()
        form = AgreementForm(self.kinds, agreement.fair.today, data=filling.of_agreement(agreement))
        del form.kind
        if answer := self._grown(form, agreement.fair, agreement, where):
            return answer
        if form.validate_on_submit():
            try:
                self._change(agreement, form)
            except ChangedMeanwhile:
                form.version.errors = [_("The other party changed the draft meanwhile. Look at it, then decide again.")]
            else:
                db.session.commit()
                return redirect(url_for(".show", **where), 303)
        return self._form(form, agreement, where), 422 if form.errors else 200

    def share(self, **where: Any) -> ResponseReturnValue:
        """Put the draft before all parties; pressed twice it is done once."""
        agreement = self.fetch(to="edit", **where)
        if agreement.state == "draft":
            talking.share(agreement, by=_me(), party=negotiation.party_of(agreement, current_user.id))
            db.session.commit()
            flash(_("Each party has received a link to comment, propose changes and agree."), "good")
        return redirect(url_for(".show", **where), 303)

    def invite(self, **where: Any) -> ResponseReturnValue:
        """Settle the text and ask all parties to sign; pressed twice it is done once."""
        agreement = self.fetch(to="edit", **where)
        if agreement.is_open:
            try:
                drafting.freeze(agreement, by=_me())
            except (ContentMissing, TextNotPrintable, talking.ConsentMissing) as refusal:
                db.session.rollback()
                flash(str(refusal.message), "bad")
                is_open = not isinstance(refusal, talking.ConsentMissing)
                return redirect(url_for(".edit" if is_open else ".show", **where), 303)
            signing.invite(agreement, by=_me())
            db.session.commit()
            flash(_("The text is settled. Each party has received a link to read and sign it."), "good")
        return redirect(url_for(".show", **where), 303)

    def ask_again(self, **where: Any) -> ResponseReturnValue:
        """Mail the links anew to those who have not signed."""
        agreement = self.fetch(to="edit", **where)
        try:
            asked = signing.ask_again(agreement, by=_me())
        except signing.TooSoon as refusal:
            flash(str(refusal.message), "warn")
        else:
            names = ", ".join(signature.signer_name for signature in asked)
            db.session.commit()
            flash(
                ngettext(
                    "The link was sent to %(names)s.", "The links were sent to %(names)s.", len(asked), names=names
                )
            )
        return redirect(url_for(".show", **where), 303)

    def abandon(self, **where: Any) -> ResponseReturnValue:
        """End an agreement before all have signed: a party gives it up, or the organizers withdraw it."""
        agreement = self.fetch(to="end", **where)
        form = ReasonForm()
        if not form.validate_on_submit():
            return self.show(agreement, form), 422
        drafting.abandon(agreement, by=_me(), reason=form.reason.data or "")
        db.session.commit()
        return redirect(url_for(".show", **where), 303)

    def amend(self, **where: Any) -> ResponseReturnValue:
        """Draft an amendment of a document in force."""
        return self._begin("amendment", where)

    def terminate(self, **where: Any) -> ResponseReturnValue:
        """Draft the termination of a document in force."""
        return self._begin("termination", where)

    def _begin(self, deed: str, where: dict[str, Any]) -> ResponseReturnValue:
        first = self.fetch(to="edit", **where)
        try:
            made = drafting_changes.draft(first, deed, by=_me())
        except drafting_changes.ChangeOpen as refusal:
            db.session.rollback()
            flash(str(refusal.message), "warn")
            return redirect(url_for(".show", **where), 303)
        shown = redirect(url_for(".show", **where | {"id": made.id}), 303)
        db.session.commit()
        return shown

    def _change(self, agreement: Agreement, form: AgreementForm) -> None:
        deal = form.deal(**{name: getattr(agreement, name) for name in KEPT})
        drafting.change(agreement, deal, form.party_values(), by=_me(), version=form.version.data)

    def _grown(
        self, form: AgreementForm, fair: Fair, agreement: Agreement | None, where: dict[str, Any]
    ) -> ResponseReturnValue | None:
        """Offer what the form may choose from; where a button only asked for more room, the form with it."""
        more, exhibitors = request.form.get("more", ""), exhibitor_queries.all_exhibitors(fair)
        if more == "company":
            chosen = next((one for one in exhibitors if str(one.company_id) == form.another.data), None)
            if chosen is not None and chosen.company_id not in form.company_ids:
                form.add_party(filling.of_source(sources.of_company(chosen.company)))
        elif more == "party":
            form.add_party({})
        elif more == "milestone":
            form.add_milestone()
        chosen_ids, there = form.technology_ids.data or [], form.company_ids
        form.offer(
            queries.technologies_to_choose(there, chosen_ids),
            [(one.company_id, one.company.name) for one in exhibitors if one.company_id not in there],
        )
        return self._form(form, agreement, where) if more else None

    def _form(self, form: AgreementForm, agreement: Agreement | None, where: dict[str, Any]) -> str:
        back = url_for(".show", **where) if agreement else url_for(self.home, **where)
        return render_template(
            "agreements/form.html", form=form, agreement=agreement, back=back, home=url_for(self.home, **_fair(where))
        )


def shown(agreement: Agreement, form: ReasonForm, template: str, attachments: str, **here: Any) -> str:
    """One agreement with what can be done with it; ``attachments`` are the pages of these."""
    return render_template(
        template,
        **showing.everything(agreement),
        form=form,
        here=here,
        document_url=url_for(".document", **here),
        page_urls=showing.page_urls(agreement, ".page", **here),
        **showing.attachments(agreement, attachments, **here),
    )


def _me() -> User:
    user: User = current_user._get_current_object()
    return user


def _fair(where: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in where.items() if name == "slug"}

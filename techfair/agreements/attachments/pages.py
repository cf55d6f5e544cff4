"""The page of an agreement's attachments: for parties by mailed link or in their console, and for organizers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from techfair.agreements import documents, kinds, mailed_pages
from techfair.agreements.attachments import attaching
from techfair.agreements.attachments.forms import AttachmentForm
from techfair.agreements.attachments.models import MOST
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import queries, talking
from techfair.agreements.papers import ENDINGS
from techfair.core import access, links, pages
from techfair.core.errors import StepSkipped
from techfair.exhibitors import front
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = mailed_pages.by_link(Blueprint("attachment", __name__, url_prefix="/negotiate"))
sign_bp = mailed_pages.by_link(Blueprint("sign_attachment", __name__, url_prefix="/sign"))
own_bp = access.signed_in(Blueprint("own_attachment", __name__, url_prefix="/exhibitor/agreements"))
console_bp = access.signed_in(
    Blueprint("attachment_console", __name__, url_prefix="/organizer/fairs/<slug>/agreements")
)
own_bp.before_request(lambda: front.show_own_rail("agreement_own.mine"))


@dataclass(frozen=True)
class Found:
    """An agreement for somebody who came in: who that is, and whether they may change it."""

    agreement: Agreement
    by: Any
    may_edit: bool


@dataclass(frozen=True)
class Folder:
    """One way to the attachments: how the agreement is found, in which frame, and the page to go back to."""

    blueprint: Blueprint
    find: Callable[..., Found]
    layout: str
    back: str

    def pages(self, at: str) -> None:
        """Add the page and its deeds under an address."""
        for rule, page, methods in (
            ("/attachments", self.folder, ["GET", "POST"]),
            ("/attachments/<int:place>", self.file, ["GET"]),
            ("/attachments/<int:place>/take-out", self.take_out, ["POST"]),
        ):
            self.blueprint.add_url_rule(at + rule, page.__name__, page, methods=methods)

    def folder(self, **where: Any) -> ResponseReturnValue:
        """The attachments, and where to add one while the text is open."""
        found, form = self.find(**where), AttachmentForm()
        if request.method == "POST":
            self._require_edit(found)
            if form.validate_on_submit():
                try:
                    attaching.attach(found.agreement, form.sent, by=found.by)
                except attaching.TooManyAttachments as refusal:
                    form.files.errors = [str(refusal.message)]
                else:
                    return self._done(where)
        page = render_template(
            "agreements/attachments.html",
            agreement=found.agreement,
            may_edit=found.may_edit and found.agreement.is_open,
            form=form,
            here=where,
            back=url_for(self.back, **where),
            layout=self.layout,
            kinds=kinds,
            most=MOST,
            attachment_url=lambda place: url_for(".file", place=place, **where),
        )
        return page, 422 if form.errors else 200

    def file(self, place: int, **where: Any) -> ResponseReturnValue:
        """An attachment as it was sent."""
        return as_file(self.find(**where).agreement, place)

    def take_out(self, place: int, **where: Any) -> ResponseReturnValue:
        """Take a file out of the text; ``digest`` says which, should another have moved to its place."""
        found = self.find(**where)
        self._require_edit(found)
        there = attaching.at(found.agreement, place)
        if there is not None and there.digest == request.form.get("digest"):
            attaching.take_out(found.agreement, place, by=found.by)
        return self._done(where)

    def _done(self, where: dict[str, Any]) -> ResponseReturnValue:
        db.session.commit()
        return redirect(url_for(".folder", **where), 303)

    def _require_edit(self, found: Found) -> None:
        if not found.may_edit:
            abort(404)
        found.agreement.require_open()


def as_file(agreement: Agreement, place: int) -> Response:
    """An attachment as a download: nothing that somebody sent is shown within our pages."""
    kept = attaching.at(agreement, place) or abort(404)
    name = f"{agreement.number.replace('/', '-')}-attachment-{place}.{ENDINGS[kept.media_type]}"
    return pages.download(current_app.extensions["files"].read(kept.digest), kept.media_type, name)


def _by_link(token: str) -> Found:
    party = queries.party(links.read("negotiation", token, days=talking.LINK_DAYS))
    if party is None:
        raise links.LinkBroken
    return Found(_loaded(party.agreement_id), party.email, may_edit=True)


def _by_account(id: int) -> Found:
    access.fetch(Agreement, id, to="edit")
    return Found(_loaded(id), current_user._get_current_object(), may_edit=True)


def _by_organizer(slug: str, id: int) -> Found:
    g.rail_key = "agreement_console"
    fair = access.fetch(Fair, slug=slug, to="agreements")
    row = access.fetch(Agreement, id, fair_id=fair.id, to="look")
    return Found(_loaded(id), current_user._get_current_object(), may_edit=row.is_investment)


@sign_bp.get("/<token>/attachments/<int:place>")
def for_signer(token: str, place: int) -> ResponseReturnValue:
    """An attachment, for somebody who is asked to sign."""
    return as_file(mailed_pages.opened(token, also_on_stage=True)[1], place)


def _loaded(id: int) -> Agreement:
    agreement = documents.load(id, for_update=request.method == "POST")
    pages.show(agreement.fair)
    return agreement


@bp.errorhandler(StepSkipped)
@own_bp.errorhandler(StepSkipped)
@console_bp.errorhandler(StepSkipped)
def too_late(error: StepSkipped) -> ResponseReturnValue:
    """The text was settled meanwhile: the page says how it stands now."""
    kept = {name: value for name, value in (request.view_args or {}).items() if name in {"token", "id", "slug"}}
    return redirect(url_for(".folder", **kept), 303)


Folder(bp, _by_link, "layouts/public.html", "negotiation.page").pages("/<token>")
Folder(own_bp, _by_account, "layouts/console.html", "agreement_own.show").pages("/<int:id>")
Folder(console_bp, _by_organizer, "layouts/console.html", "agreement_console.show").pages("/<int:id>")

"""The parties' own pages: their agreements, drafting one from a meeting or connection, sending it for signing."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from techfair.agreements import kinds, queries, showing, sources
from techfair.agreements.desk import Desk, shown
from techfair.agreements.documents import load
from techfair.agreements.forms import ReasonForm
from techfair.agreements.kinds import TRANSFER_KINDS
from techfair.agreements.models import Agreement
from techfair.agreements.signers.desk import add_pages as add_signers
from techfair.agreements.sources import Source
from techfair.core import access, pages
from techfair.exhibitors import front
from techfair.fairs.front import Action
from techfair.meetings import front as meeting_front
from techfair.meetings.models import Connection, Meeting

bp = access.signed_in(Blueprint("agreement_own", __name__, url_prefix="/exhibitor/agreements"))
bp.before_request(lambda: front.show_own_rail("agreement_own.mine"))
front.own_entry("agreement_own.mine", _l("Agreements"), "file-signature", "agreement_own.mine", order=60)


@meeting_front.outcomes.add(10)
def draft_from(meeting: Meeting) -> Action | None:
    """What managers may make of a meeting of their company."""
    if "own_exhibitor" not in g:
        g.own_exhibitor = queries.exhibitor_of_manager(current_user.id)
    address = url_for("agreement_own.new", meeting_id=meeting.id)
    return Action(_("Draft a memorandum"), address, "file-pen") if g.own_exhibitor else None


@meeting_front.followings.add(10)
def draft_after(connection: Connection) -> Action | None:
    """What managers may make of a connection of their company."""
    if "own_exhibitor" not in g:
        g.own_exhibitor = queries.exhibitor_of_manager(current_user.id)
    address = url_for("agreement_own.new", connection_id=connection.id)
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
    """Draft from ``?meeting_id=`` or ``?connection_id=``, else with a partner whose data are typed."""
    source = _source(request.args.get("meeting_id", type=int), request.args.get("connection_id", type=int))
    if source is None:
        return redirect(url_for(".mine"), 303)
    pages.show(source.fair)
    return desk.draft(source, {})


@bp.get("/<int:id>")
def show(id: int) -> str:
    """One agreement: who has signed, what comes next."""
    return _shown(_fetch(id, to="read"), ReasonForm(formdata=None))


@bp.get("/<int:id>/document.pdf")
def document(id: int) -> ResponseReturnValue:
    """The document as it stands."""
    return showing.as_pdf(_fetch(id, to="read"), may_see_evidence=True)


@bp.get("/<int:id>/pages/<int:number>.png")
def page(id: int, number: int) -> ResponseReturnValue:
    """A page of the settled document."""
    return showing.as_picture(_fetch(id, to="read"), number)


def _source(meeting_id: int | None, connection_id: int | None) -> Source | None:
    if meeting_id is not None:
        access.fetch(Meeting, meeting_id, to="edit")
        return _managed(sources.from_meeting(queries.meeting_with_parties(meeting_id)))
    if connection_id is not None:
        access.fetch(Connection, connection_id, to="agree")
        return _managed(sources.from_connection(queries.connection_with_companies(connection_id)))
    own = queries.exhibitor_of_manager(current_user.id)
    return sources.from_exhibitor(own) if own is not None else None


def _managed(source: Source) -> Source:
    if not queries.manages_one_of(current_user.id, source.company_ids):
        abort(404)  # staff meet, managers sign
    return source


def _fetch(id: int, *, to: str) -> Agreement:
    access.fetch(Agreement, id, to="edit" if to == "end" else to)
    agreement = load(id, for_update=request.method == "POST")
    pages.show(agreement.fair)
    return agreement


def _shown(agreement: Agreement, form: ReasonForm) -> str:
    return shown(agreement, form, "agreements/agreement.html", "own_attachment", id=agreement.id)


desk = Desk(bp, _fetch, _shown, ".mine", (*TRANSFER_KINDS, "nda"))
desk.deeds()
add_signers(desk, may_extend=False)

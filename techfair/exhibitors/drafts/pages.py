"""The addresses to which long forms save themselves; each is its form's, and asks for the same right."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from techfair.core import access
from techfair.exhibitors.drafts import names, restoring
from techfair.exhibitors.models import Application, Company
from techfair.exhibitors.own import bp, current_company
from techfair.exhibitors.own_records import ADDRESS, KINDS
from techfair.exhibitors.views import bp as public_bp
from techfair.extensions import limiter
from techfair.fairs.models import Fair


@public_bp.post("/fairs/<slug>/apply/draft")
@limiter.limit("2000/hour")
def apply_draft(slug: str) -> ResponseReturnValue:
    """An application as it is being typed; also after the last day, for nothing typed is lost."""
    fair = access.fetch(Fair, slug=slug, to="see")
    return restoring.take(names.apply(fair), url_for("exhibitors.apply", slug=slug))


@bp.post("/applications/<int:id>/draft")
def application_draft(id: int) -> ResponseReturnValue:
    """An application that is being corrected."""
    application = access.fetch(Application, id, to="edit")
    return restoring.take(names.application(application), url_for(".edit_application", id=id))


@bp.post(f"{ADDRESS}/new/draft")
def new_record_draft(folder: str) -> ResponseReturnValue:
    """A technology or need that is being written."""
    company: Company = current_company("edit") or abort(404)
    return restoring.take(names.new_record(folder, company), url_for(".new_record", folder=folder))


@bp.post(f"{ADDRESS}/<ref>/draft")
def record_draft(folder: str, ref: str) -> ResponseReturnValue:
    """A technology or need that is being changed."""
    access.fetch(KINDS[folder].model, public_ref=ref, to="edit")
    return restoring.take(names.record(folder, ref), url_for(".edit_record", folder=folder, ref=ref))

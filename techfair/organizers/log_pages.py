"""The audit log: who did what to which object when, and from where; and whether the chain of it is whole."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from techfair.core import access
from techfair.core.audit import AuditEntry
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.organizers import log, place
from techfair.organizers.words import ACTORS, DEEDS, DETAILS, THINGS

bp = access.signed_in(Blueprint("log", __name__, url_prefix="/organizer/fairs/<slug>/log"))
admin_bp = access.signed_in(Blueprint("admin_log", __name__, url_prefix="/admin/log"))

PAGE = 50
# Where a thing has a page of its own: by its id, inside its fair.
PAGES = {
    "fair": "fair_console.settings",
    "activity": "fair_console.activity",
    "hall": "fair_console.hall",
    "application": "exhibitor_console.review",
    "registration": "visitor_console.show",
    "gate": "gate_console.edit",
    "agreement": "agreement_console.show",
    "mail": "mail.show",
}


@bp.get("")
@admin_bp.get("")
def index(slug: str | None = None) -> ResponseReturnValue:
    """What was done, the newest first, by kind of deed and by person."""
    fair_id = place.fair_id(slug)
    action, person = request.args.get("deed", ""), request.args.get("person", "")[:200]
    those = log.entries(fair_id, action if action in DEEDS else "", person)
    page = db.paginate(those, per_page=PAGE, max_per_page=PAGE, error_out=False)
    return render_template(
        "organizers/log.html",
        page=page,
        action=action,
        person=person,
        slug=slug,
        deeds=DEEDS,
        things=THINGS,
        details=DETAILS,
        actors=ACTORS,
        addresses=_addresses(page.items),
        verified=log.last_verification(),
    )


def _addresses(entries: list[AuditEntry]) -> dict[int, str]:
    """The page of each entry's thing, by the entry's id, where it has one."""
    ids = {entry.fair_id for entry in entries}
    slugs = {row.id: row.slug for row in db.session.execute(select(Fair.id, Fair.slug).where(Fair.id.in_(ids)))}
    return {one.id: address for one in entries if (address := _address(one, slugs.get(one.fair_id or 0)))}


def _address(entry: AuditEntry, slug: str | None) -> str | None:
    endpoint = PAGES.get(entry.object_type)
    if not endpoint or not slug or entry.action.endswith(".deleted"):
        return None
    values: dict[str, Any] = {} if entry.object_type == "fair" else {"id": entry.object_id}
    return url_for(endpoint, slug=slug, **values)


@admin_bp.post("/verify")
def verify() -> ResponseReturnValue:
    """Walk along the chain now, in the background."""
    place.fair_id(None)
    log.start_verifying(access.current_actor())
    db.session.commit()
    return redirect(url_for(".index"), 303)

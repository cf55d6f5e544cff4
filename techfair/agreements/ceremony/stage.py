"""On the stage: the page that the code of a pair opens, on a tablet or on the signers' own phones.

It leads each signer to the document, where only the code from the own mailbox signs; who declines or hands over must
come by the mailed link, for many see this code.
"""

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from techfair.agreements import documents, kinds, signing
from techfair.agreements.ceremony.models import CeremonyItem
from techfair.core import access, links, pages
from techfair.core.errors import TechfairError
from techfair.extensions import db

bp = access.by_token(Blueprint("stage", __name__, url_prefix="/stage"))
PURPOSE, LINK_DAYS = "stage", 1  # printed or shown for the day of the ceremony, not longer


def address(item: CeremonyItem) -> str:
    """What the code of a pair says."""
    return f"{current_app.config['BASE_URL']}/stage/{links.sign(PURPOSE, item.id)}"


@bp.get("/<token>")
def pair(token: str) -> str:
    """Who signs, each with a way to the own page; how far it is."""
    item = db.session.get(CeremonyItem, links.read(PURPOSE, token, days=LINK_DAYS))
    if item is None:
        raise links.LinkBroken
    agreement = documents.load(item.agreement_id)
    pages.show(agreement.fair)
    return render_template("ceremony/stage.html", agreement=agreement, kinds=kinds, own_page=signing.stage_address)


@bp.errorhandler(links.LinkBroken)
@bp.errorhandler(links.LinkExpired)
def no_link(error: TechfairError) -> ResponseReturnValue:
    """What to do about a code that opens nothing."""
    return render_template("ceremony/no_stage.html"), error.status


@bp.after_request
def keep_private(response: Response) -> Response:
    """The address leads to documents: keep it out of caches and search engines."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.cache_control.no_store = True
    return response

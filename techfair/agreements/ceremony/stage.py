"""On the stage: the page that the code of a pair opens, on a tablet or on the signers' own phones.

It leads each signer to the document, where only the code from the own mailbox signs; who declines or hands over must
come by the mailed link, for many see this code.
"""

from flask import Blueprint, current_app, render_template

from techfair.agreements import documents, kinds, mailed_pages
from techfair.agreements.ceremony.models import CeremonyItem
from techfair.agreements.signers import addresses
from techfair.core import links, pages
from techfair.extensions import db

bp = mailed_pages.by_link(Blueprint("stage", __name__, url_prefix="/stage"), "ceremony/no_stage.html")
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
    return render_template("ceremony/stage.html", agreement=agreement, kinds=kinds, own_page=addresses.on_stage)

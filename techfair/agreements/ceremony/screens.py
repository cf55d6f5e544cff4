"""The hall's screen: who is on the stage, and each pair turning to "signed" by itself. It needs this server alone."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exists, select

from techfair.agreements import kinds
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem, PaperCopy
from techfair.agreements.kinds import INVESTMENT_KINDS
from techfair.agreements.models import Agreement, Party, Signature
from techfair.core import access, links, pages
from techfair.core.languages import language, pick
from techfair.extensions import db
from techfair.fairs.models import Fair

bp = access.by_token(Blueprint("ceremony_screen", __name__, url_prefix="/screens/ceremony"))
PURPOSE, LINK_DAYS = "ceremony_screen", 30
PART, BESIDE_STAGE = 12, 7  # pairs of a column that one sees at once, alone and under who is on the stage


@dataclass
class Pair:
    """One signing as the audience sees it."""

    number: str
    kind: str
    subject: str
    is_on_stage: bool
    is_signed: bool
    is_on_paper: bool
    sides: list[tuple[str, bool]] = field(default_factory=list)  # name, and whether that side has signed


@dataclass(frozen=True)
class Shown:
    """All that the screen shows, read in one statement."""

    ceremony: Ceremony
    fair: Fair
    pairs: list[Pair]

    @property
    def on_stage(self) -> Pair | None:
        return next((one for one in self.pairs if one.is_on_stage), None)

    @property
    def columns(self) -> list[tuple[str, list[Pair]]]:
        """Transfers and investments apart, as the report keeps them."""
        investments = [one for one in self.pairs if one.kind in INVESTMENT_KINDS]
        others = [one for one in self.pairs if one.kind not in INVESTMENT_KINDS]
        return [(key, found) for key, found in (("agreements", others), ("investments", investments)) if found]

    @property
    def etag(self) -> str:
        """Changes when anything that is seen changes."""
        seen = (language(), self.ceremony.title, self.fair.name, [vars(one) for one in self.pairs])
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:20]


def address(ceremony: Ceremony) -> str:
    """The address that a screen opens without anybody signing in."""
    return f"{current_app.config['BASE_URL']}/screens/ceremony/{links.sign(PURPOSE, ceremony.id)}"


@bp.get("/<token>")
def screen(token: str) -> ResponseReturnValue:
    """The whole screen, which asks for its state again and again."""
    return render_template("ceremony/screen.html", token=token, **_told(_shown(token)))


@bp.get("/<token>/state")
def state(token: str) -> ResponseReturnValue:
    """The state alone: not modified unless something changed, in one statement."""
    shown = _shown(token)
    if request.if_none_match.contains(shown.etag):
        answer = Response(status=304)
    else:
        answer = Response(render_template("ceremony/_screen.html", token=token, **_told(shown)), mimetype="text/html")
    answer.set_etag(shown.etag)
    answer.cache_control.no_cache = True
    return answer


def _told(shown: Shown) -> dict[str, Any]:
    return {"shown": shown, "kinds": kinds, "part": BESIDE_STAGE if shown.on_stage else PART}


def _shown(token: str) -> Shown:
    id = links.read(PURPOSE, token, days=LINK_DAYS)
    signed = exists().where(Signature.party_id == Party.id, Signature.role == "signer", Signature.state == "signed")
    paper = exists().where(PaperCopy.agreement_id == Agreement.id)
    found = select(Ceremony, Fair, CeremonyItem, Agreement, Party, signed, paper)
    found = found.join(Fair, Fair.id == Ceremony.fair_id).where(Ceremony.id == id)
    found = found.outerjoin(CeremonyItem, CeremonyItem.ceremony_id == Ceremony.id)
    found = found.outerjoin(Agreement, Agreement.id == CeremonyItem.agreement_id)
    found = found.outerjoin(Party, Party.agreement_id == Agreement.id)
    rows = db.session.execute(found.order_by(CeremonyItem.position, Party.position)).all()
    if not rows:
        raise links.LinkBroken
    ceremony, fair = rows[0][:2]
    pages.show(fair)
    g.rail = []
    pairs: dict[int, Pair] = {}
    for _ceremony, _fair, item, agreement, party, is_signed, is_on_paper in rows:
        if item is None:
            continue
        pair = pairs.setdefault(item.id, _pair(item, agreement, bool(is_on_paper)))
        if party is not None:
            pair.sides.append((pick(party.name_vi, party.name_en), bool(is_signed) or pair.is_signed))
    return Shown(ceremony, fair, list(pairs.values()))


def _pair(item: CeremonyItem, agreement: Agreement, is_on_paper: bool) -> Pair:
    told = (agreement.number, agreement.kind, agreement.subject, item.is_on_stage)
    return Pair(*told, is_signed=agreement.is_binding, is_on_paper=is_on_paper)

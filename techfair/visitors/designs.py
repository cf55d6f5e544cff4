"""How badges look, on paper and on the screen: a design and a colour for each kind; words on it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import delete, select

from techfair.core import audit
from techfair.extensions import db
from techfair.fairs import brand
from techfair.fairs.models import Fair
from techfair.visitors.models import KINDS, BadgeDesign
from techfair.visitors.words import KIND_BANDS

BANDS = {  # colours of the bands, as on the screen
    1: "#0b5d51",
    2: "#1d3f8f",
    3: "#a63d1b",
    4: "#6a2470",
    5: "#17211f",
    6: "#f5b301",
}
LIGHT, DARK = "#ffffff", "#000000"  # one of them has a contrast of 4.5 to any colour


@dataclass(frozen=True)
class Look:
    """What is drawn: one of the designs, its colour, and the colour of words on it."""

    design: str
    colour: str

    @property
    def on_colour(self) -> str:
        """White or black, whichever is read more easily on the colour."""
        return max(LIGHT, DARK, key=lambda ink: brand.contrast(self.colour, ink))


def usual(kind: str) -> Look:
    """How a kind looks where the organizer chose nothing."""
    return Look("classic", BANDS[KIND_BANDS[kind]])


def looks(fair: Fair) -> dict[str, Look]:
    """The look of every kind at a fair."""
    chosen = {row.kind: row for row in db.session.scalars(select(BadgeDesign).filter_by(fair_id=fair.id))}
    return {kind: _look(kind, chosen.get(kind)) for kind in KINDS}


def _look(kind: str, chosen: BadgeDesign | None) -> Look:
    return Look(chosen.design, chosen.colour or usual(kind).colour) if chosen else usual(kind)


def style_sheet(fair: Fair) -> str:
    """The colours of a fair's badges on the screen; which design a kind has stands in the page."""
    rule = '.badge[data-kind="{}"] {{ --band: {}; --on-band: {}; }}\n'
    return "".join(rule.format(kind, look.colour, look.on_colour) for kind, look in looks(fair).items())


def shown() -> dict[str, Any]:
    """What pages that show a badge ask: ``badge_design(kind)`` at the page's fair."""
    return {"badge_design": _design}


def _design(kind: str) -> str:
    if "badge_looks" not in g:
        g.badge_looks = looks(g.fair)
    return str(g.badge_looks[kind].design)


def choose(fair: Fair, wanted: Mapping[str, Look], by: Any) -> None:
    """Keep the looks of kinds; one that is the usual one is not kept at all."""
    if wanted == looks(fair):
        return
    db.session.execute(delete(BadgeDesign).filter_by(fair_id=fair.id))
    for kind, look in wanted.items():
        if look != usual(kind):
            colour = None if look.colour == usual(kind).colour else look.colour
            db.session.add(BadgeDesign(fair_id=fair.id, kind=kind, design=look.design, colour=colour))
    db.session.flush()
    changed = sorted(kind for kind, look in wanted.items() if look != usual(kind))
    audit.record("badges.designed", fair, by=by, kinds=changed)

"""Posters for the booths: the code that opens an exhibitor's page on any phone, large enough for a wall."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from techfair.core import qr
from techfair.core.languages import LANGUAGES
from techfair.exhibitors import booths
from techfair.exhibitors.models import Exhibitor
from techfair.fairs.models import Fair

MASK = 0  # naming it makes the codes of a whole fair ten times faster


@dataclass(frozen=True)
class Poster:
    """What one sheet says; ``tips`` say in each language what the code is for."""

    name: str
    booths: list[str]
    address: str
    picture: str
    tips: list[str]


def of(fair: Fair, exhibitors: Iterable[Exhibitor]) -> list[Poster]:
    """A poster for each exhibitor; wants company and booths loaded."""
    tips = []
    for language in LANGUAGES:
        with force_locale(language):
            tips.append(str(_("Scan with your phone: our technologies, and a way to reach us")))
    return [_poster(fair, exhibitor, tips) for exhibitor in exhibitors]


def _poster(fair: Fair, exhibitor: Exhibitor, tips: list[str]) -> Poster:
    company = exhibitor.company
    address = url_for("market.exhibitor", slug=fair.slug, ref=company.public_ref, _external=True)
    picture = qr.as_svg(address, title=str(_("Code of the booth")), mask=MASK)
    return Poster(company.name, booths.codes(exhibitor.booths), address, picture, tips)

"""What exhibitors said of their booths as a spreadsheet, for the builders, electricians and porters of the hall."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from techfair.core.spreadsheets import XLSX, write_sheet
from techfair.exhibitors import booths
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.preparing.models import Preparation
from techfair.extensions import db
from techfair.fairs.models import Fair

__all__ = ["XLSX", "of_fair"]


def of_fair(fair: Fair) -> bytes:
    """One row an exhibitor, in the order of its booths; those who said nothing have empty cells."""
    rows = db.session.execute(
        select(Exhibitor, Preparation)
        .outerjoin(Preparation, Preparation.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.is_active)
        .options(joinedload(Exhibitor.company), selectinload(Exhibitor.booths))
    ).all()
    filled = sorted([_row(exhibitor, said) for exhibitor, said in rows], key=lambda row: (row[0] == "", row[0], row[1]))
    headings = [
        _("Booth"),
        _("Company"),
        _("Name on the fascia, in Vietnamese"),
        _("Name on the fascia, in English"),
        _("Watts"),
        _("Water"),
        _("Deliveries"),
    ]
    return write_sheet(_("Booths of %(fair)s", fair=fair.name), headings, filled)


def _row(exhibitor: Exhibitor, said: Preparation | None) -> list[str | int]:
    codes = ", ".join(booths.codes(exhibitor.booths))
    if said is None:
        return [codes, exhibitor.company.name, "", "", "", "", ""]
    return [
        codes,
        exhibitor.company.name,
        said.fascia_vi,
        said.fascia_en,
        "" if said.power_watts is None else said.power_watts,
        _("yes") if said.needs_water else "",
        _("none") if said.has_no_deliveries else said.deliveries,
    ]

"""Each figure of connections opens the rows that it counts."""

from typing import Any

from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import connections
from techfair.organizers import report


def test_each_figure_of_connections_opens_its_rows(
    exhibitor: Exhibitor, make_exhibitor: Any, organizer: User, as_organizer: FlaskClient, fair: Fair
) -> None:
    other: Exhibitor = make_exhibitor("Viện Nam Hải", "nam-hai")
    pair = [db.session.get_one(Company, one.company_id) for one in (exhibitor, other)]
    for subject, source, sector in (("Máy sấy", "survey", "mech"), ("Giống cà phê", "connection_point", "food")):
        made = connections.propose(fair, *pair, subject, organizer, source=source, sector=sector)
        connections.confirm(made, organizer, "Phiếu số 12")
    connections.propose(fair, *pair, "Bao bì", organizer, source="survey", sector="mech")
    db.session.commit()
    figures = report.figures(fair)
    of = {
        key: figures[f"connections.{key}"].rows.split("/", 3)[3]
        for key in ("total", "by_source_country.VN", "by_source_country.connection_point/VN", "by_sector.food")
    }
    db.session.rollback()
    shown = {}
    for key, address in of.items():
        text = as_organizer.get(f"/{address}").text
        shown[key] = [subject for subject in ("Máy sấy", "Giống cà phê", "Bao bì") if subject in text]
    assert shown == {
        "total": ["Máy sấy", "Giống cà phê"],
        "by_source_country.VN": ["Máy sấy"],
        "by_source_country.connection_point/VN": ["Giống cà phê"],
        "by_sector.food": ["Giống cà phê"],
    }

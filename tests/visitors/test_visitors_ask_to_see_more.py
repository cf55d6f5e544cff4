"""A visitor without an account asks to see what a technology keeps back, by the browser that knows the badge."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import applications, companies, technologies
from techfair.exhibitors.disclosure import deeds, parts
from techfair.exhibitors.disclosure.models import DisclosureRequest
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import merging, own
from techfair.visitors.models import Registration
from techfair.visitors.personal_data import erasing, stored


def test_a_visitor_asks_is_told_by_mail_and_is_forgotten_when_erased(
    app: Flask, fair: Fair, register: Callable[..., Registration], make_user: Callable[..., User], organizer: User
) -> None:
    manager = make_user("manager@example.vn")
    company = companies.create(manager, ["food"], name_vi="Công ty Đại Nguyên")
    application = applications.start(fair, company, manager, exhibits="")
    applications.submit(application, manager)
    applications.approve(application, organizer)
    given: dict[str, Any] = {"summary_vi": "Nhanh", "readiness": 9, "transfer_forms": ["licence"]}
    technology = technologies.create(company, manager, ["food"], title_vi="Máy", description_vi="Bí quyết", **given)
    technologies.publish(technology, manager)
    parts.keep_back(technology, manager, {"description": "request"})
    db.session.commit()
    person, twin = register("Trần Thị Bích"), register("Trần Thị Bích")
    browser, page = app.test_client(), f"/technologies/{technology.public_ref}/kept-back"
    with browser.session_transaction() as session:
        session[own.SESSION_KEY] = [person.id, person.link_epoch]
    assert browser.post(page, data={"purpose": "Mở xưởng"}).status_code == 303
    wish = db.session.scalars(db.select(DisclosureRequest)).one()
    assert (wish.name, wish.fair_id) == ("Trần Thị Bích", fair.id)
    deeds.grant(wish, manager, "request")
    db.session.commit()
    letter = db.session.scalars(db.select(Mail).filter_by(template="disclosure_granted")).one()
    assert (letter.to_address, "then=%2Fme%2Fdisclosures" in letter.text) == (person.email, True)
    assert browser.get("/me/disclosures").location == "/disclosures"
    assert "Bí quyết" in browser.post(f"{page}/open").text
    merging.merge(twin, person, fair, organizer)
    assert wish.asker == f"registration:{twin.id}"
    assert stored.of(twin)["disclosure_requests"][0]["purpose"] == "Mở xưởng"
    erasing.erase(twin, "system")
    db.session.commit()
    assert (wish.state, wish.name, wish.purpose) == ("withdrawn", erasing.NAMELESS, "")
    assert browser.post(f"{page}/open").status_code == 404
    assert db.session.query(Mail).filter_by(template="disclosure_granted").count() == 0

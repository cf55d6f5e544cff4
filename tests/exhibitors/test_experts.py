"""Experts and innovative firms are in the catalogue only while they themselves agree to what is written."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.catalogue.models import CatalogueEntry
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

ENTRY = {
    "kind": "person",
    "name": "TS. H'Bia Siu",
    "position_vi": "Trưởng bộ môn Cơ khí",
    "position_en": "Head of mechanics",
    "summary_vi": "Hai mươi năm thiết kế buồng sấy đối lưu",
    "sectors": ["food"],
    "email": "hbia.siu@example.vn",
    "language": "vi",
    "deed": "ask",
}


@pytest.fixture
def asked(exhibitor: Exhibitor, technology: Technology, as_manager: FlaskClient) -> str:
    """An entry about which its expert is asked; the address of the mail's link."""
    answer = as_manager.post("/exhibitor/experts/new", data=ENTRY | {"technologies": [str(technology.id)]})
    assert answer.status_code == 303
    return link()


def link() -> str:
    db.session.rollback()
    letters = db.select(Mail).filter_by(template="expert_asked").order_by(Mail.id.desc())
    return re.search(r"/experts/own/\S+", db.session.scalars(letters).first().text)[0]


def expert() -> Expert:
    db.session.rollback()
    return db.session.scalars(db.select(Expert)).one()


def test_nobody_is_named_before_they_agree_and_all_is_gone_when_they_withdraw(
    asked: str, technology: Technology, app: Flask, as_manager: FlaskClient
) -> None:
    reader = app.test_client()
    page = f"/experts/{expert().public_ref}"
    places = ("/experts?q=buong say doi luu", "/fairs/gia-lai/experts", f"/technologies/{technology.public_ref}")
    places += ("/sitemap-experts-1.xml",)

    def shown() -> list[bool]:
        return [page in reader.get(place).text for place in places]

    assert reader.get(page).status_code == 404
    assert shown() == [False] * 4
    assert "Hai mươi năm" in reader.get(asked).text
    assert reader.post(f"{asked}/agree").status_code == 303
    assert shown() == [True] * 4
    text = reader.get(page).text
    assert "hbia.siu@example.vn" not in text
    (told,) = re.findall(r'<script type="application/ld\+json">(.+?)</script>', text)
    told = json.loads(told)
    assert (told["@type"], told["jobTitle"]) == ("Person", "Trưởng bộ môn Cơ khí")
    assert told["worksFor"]["name"] == "Công ty Cơ khí Đại Nguyên"
    assert reader.get(f"{page}/vi.png").mimetype == "image/png"
    assert 'href="/experts?q=buong' in reader.get("/technologies?q=buong say doi luu").text  # the kinds, with counts
    assert reader.post(f"{asked}/withdraw").status_code == 303
    assert shown()[:3] == [False] * 3
    assert reader.get(page).status_code == 404
    assert "Đã rút đồng ý" in as_manager.get("/exhibitor/experts").text


def test_a_changed_text_is_public_only_once_they_agree_anew(asked: str, app: Flask, as_manager: FlaskClient) -> None:
    reader = app.test_client()
    reader.post(f"{asked}/agree")
    one = expert()
    changed = ENTRY | {"kind": "firm", "summary_vi": "Khác hẳn"}
    assert as_manager.post(f"/exhibitor/experts/{one.id}", data=changed | {"deed": "save"}).status_code == 303
    assert [reader.get(path).status_code for path in (f"/experts/{one.public_ref}", asked)] == [404, 410]
    as_manager.post(f"/exhibitor/experts/{one.id}", data=changed)
    assert reader.post(f"{link()}/agree").status_code == 303
    assert '"@type": "Organization"' in reader.get(f"/experts/{one.public_ref}").text
    kept = {entry.title_vi for entry in db.session.scalars(db.select(CatalogueEntry))}
    keeping.rebuild()
    assert {entry.title_vi for entry in db.session.scalars(db.select(CatalogueEntry))} == kept
    db.session.commit()
    as_manager.post(f"/exhibitor/experts/{one.id}/remove")
    assert reader.get(f"/experts/{one.public_ref}").status_code == 404


def test_an_organizer_enters_one_for_an_exhibitor_and_strangers_touch_none(
    exhibitor: Exhibitor,
    company: Company,
    organizer: User,
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
) -> None:
    console = "/organizer/fairs/gia-lai/experts"
    browser, stranger = sign_in(organizer), sign_in(make_user("stranger@example.vn"))
    new = f"{console}/new?company={company.public_ref}"
    assert "Nhập địa chỉ" in browser.post(new, data=ENTRY | {"email": ""}).text
    assert browser.post(new, data=ENTRY).status_code == 303
    one = expert()
    assert "TS. H&#39;Bia Siu" in browser.get(console).text
    assert browser.post(f"{console}/{one.id}", data=ENTRY | {"name": "ThS. H'Bia Siu"}).status_code == 303
    paths = (new, f"{console}/{one.id}", f"/exhibitor/experts/{one.id}", f"/exhibitor/experts/{one.id}/remove")
    assert [stranger.post(path, data=ENTRY).status_code for path in paths] == [404] * 4

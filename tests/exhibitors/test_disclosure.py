"""What a company keeps back leaks on no public path, and opens for whom it was granted, each showing written down."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from techfair.accounts.models import User
from techfair.core.mail import Mail
from techfair.exhibitors import technologies
from techfair.exhibitors.catalogue import finding
from techfair.exhibitors.catalogue.finding import Wanted
from techfair.exhibitors.disclosure.models import DisclosureRequest, KeptBack, Showing, Undertaking
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

SECRET = "zyxquillon"
SAID = {
    "description_vi": f"Mô tả {SECRET}",
    "description_en": f"Told {SECRET}",
    "advantages_vi": f"Ưu điểm {SECRET}",
    "property_kind": "invention",
    "property_number": SECRET,
    "price_kind": "fixed",
    "price_low": 7654321,
    "price_high": 7654321,
    "further": {"innovation_vi": f"Điểm mới {SECRET}", "video": f"https://{SECRET}.example.vn/"},
}
LEVELS = {"description": "nda", "advantages": "nda", "property": "request", "price": "request"}
LEVELS |= {"innovation": "nda", "video": "request"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def kept(exhibitor: Exhibitor, make_technology: Callable[..., Technology], as_manager: FlaskClient) -> Technology:
    """A published technology of which all that is secret is kept back, by the owner's own form."""
    technology = make_technology(**SAID)
    own = f"/exhibitor/technologies/{technology.public_ref}"
    assert as_manager.post(f"{own}/who-sees-what", data=LEVELS).status_code == 303
    document = {"title_vi": "Bản vẽ", "level": "nda", "file": (io.BytesIO(PDF + SECRET.encode()), "a.pdf")}
    as_manager.post(f"{own}/documents", data=document)
    db.session.expire_all()
    return technology


@pytest.fixture
def buyer(make_user: Callable[..., User]) -> User:
    return make_user("buyer@example.vn", full_name="Trần Thị Bích")


@pytest.fixture
def as_buyer(sign_in: Callable[[User], FlaskClient], buyer: User) -> FlaskClient:
    return sign_in(buyer)


def page_of(technology: Technology) -> str:
    return f"/technologies/{technology.public_ref}/kept-back"


def wish() -> DisclosureRequest:
    db.session.rollback()
    return db.session.scalars(db.select(DisclosureRequest).order_by(DisclosureRequest.id.desc())).first()


def decide(browser: FlaskClient, deed: str, **typed: str) -> int:
    return browser.post(f"/exhibitor/disclosures/{wish().id}/{deed}", data=typed).status_code


def told(answer: Any) -> str:
    """All that an answer says: text as it is, a spreadsheet unpacked, a PDF's words."""
    if answer.mimetype == "application/pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    if answer.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return answer.data.decode("utf-8", "replace")


def addresses(app: Flask, technology: Technology, company: Company) -> Iterator[str]:
    """Every address of the market that a GET may open, with each reference that may stand in it."""
    document = db.session.scalar(db.text("SELECT max(id) FROM record_document"))
    known = {"slug": "gia-lai", "spoken": "vi", "number": "1", "id": str(document), "kind": "technologies"}
    known |= {"folder": "technologies", "ending": "xlsx"}
    for rule in app.url_map.iter_rules():
        room = rule.endpoint.partition(".")[0]
        if "GET" not in (rule.methods or ()) or not rule.arguments <= {*known, "ref"} or room in {"static", "pages"}:
            continue
        for ref in (technology.public_ref, company.public_ref) if "ref" in rule.arguments else ("",):
            yield re.sub(r"<(?:[^:<>]+:)?(\w+)>", lambda found, ref=ref: (known | {"ref": ref})[found[1]], rule.rule)


def test_what_is_kept_back_leaks_on_no_path_of_anyone_but_its_company(
    app: Flask,
    kept: Technology,
    company: Company,
    organizer: User,
    buyer: User,
    sign_in: Callable[[User], FlaskClient],
    make_exhibitor: Callable[..., Exhibitor],
    make_user: Callable[..., User],
) -> None:
    make_exhibitor("Đơn vị Khác")
    rival = db.session.scalars(db.select(User).order_by(User.id.desc())).first()
    paths = [*addresses(app, kept, company), f"/technologies?q={SECRET}", f"/fairs/gia-lai/technologies?q={SECRET}"]
    browsers = {"/": app.test_client(), "/organizer/": sign_in(organizer), "/exhibitor/": sign_in(rival)}
    for own, browser in browsers.items():  # each with the pages that nobody else sees
        opened = 0
        for path in [path for path in paths if path.startswith(own)]:
            answer = browser.get(path)
            opened += answer.status_code == 200
            text = told(answer).replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "").replace("“" + SECRET, "")
            assert SECRET not in text, path
            assert not re.search(r"7.?654.?321", text), path
        assert opened > 8, own
    db.session.rollback()
    assert finding.find(Wanted(SECRET, "technology", {}, "best"), None).rows == []
    page = browsers["/"].get(f"/technologies/{kept.public_ref}").text
    assert all(name in page for name in ("Mô tả", "Bản vẽ", "sau khi ký cam kết bảo mật", page_of(kept)))


def test_from_request_to_signature_to_showing_to_its_end(
    kept: Technology, as_manager: FlaskClient, as_buyer: FlaskClient, app: Flask
) -> None:
    page = page_of(kept)
    assert app.test_client().post(page, data={"purpose": "x"}).status_code == 403
    assert as_buyer.post(page, data={"purpose": " "}).status_code == 422
    sent = {"purpose": "Xây xưởng sấy ở Chư Sê", "organisation": "HTX Chư Sê"}
    assert [as_buyer.post(page, data=sent).status_code for _ in range(2)] == [303, 303]
    assert db.session.query(DisclosureRequest).count() == 1
    assert as_buyer.post(f"{page}/open").status_code == 404
    assert decide(as_manager, "grant", level="nda") == 303
    letters = {mail.template: mail.to_address for mail in db.session.scalars(db.select(Mail))}
    assert letters["disclosure_asked"] == "contact@dai-nguyen.example.vn"
    assert letters["disclosure_granted"] == "buyer@example.vn"
    before = told(as_buyer.post(f"{page}/open"))
    assert [f"https://{SECRET}.example.vn/" in before, f"Mô tả {SECRET}" in before] == [True, False]
    form = as_buyer.get(f"{page}/undertaking").text
    (read,) = re.findall(r'name="read"[^>]*value="([0-9a-f]{64})"', form)
    assert "Xây xưởng sấy ở Chư Sê" in form
    assert as_buyer.post(f"{page}/undertaking", data={"read": read, "name": "Ai Đó"}).status_code == 422
    assert as_buyer.post(f"{page}/undertaking", data={"read": "0" * 64, "name": "Trần Thị Bích"}).status_code == 409
    assert as_buyer.post(f"{page}/undertaking", data={"read": read, "name": "tran thi bich"}).status_code == 303
    signed = db.session.scalars(db.select(Undertaking)).one()
    assert (signed.digest, signed.signed_name, signed.address) == (read, "tran thi bich", "127.0.0.1")
    assert "HTX Chư Sê" in signed.text
    answer = as_buyer.post(f"{page}/open")
    assert [word in told(answer) for word in (f"Mô tả {SECRET}", f"Điểm mới {SECRET}", "7.654.321")] == [True] * 3
    assert "no-store" in answer.headers["Cache-Control"]
    (file,) = re.findall(rf'action="({page}/documents/\d+)"', told(answer))
    assert SECRET.encode() in as_buyer.post(file).data
    assert db.session.query(Showing).count() == 3
    own = as_manager.get(f"/exhibitor/disclosures/{wish().id}").text
    assert own.count("127.0.0.1") == 4
    assert decide(as_manager, "revoke") == 422
    assert decide(as_manager, "revoke", reason="Đã ký với bên khác") == 303
    assert [as_buyer.post(path).status_code for path in (f"{page}/open", file)] == [404, 404]
    assert "Đã ký với bên khác" in as_buyer.get(page).text
    assert kept.title_vi in as_buyer.get("/disclosures").text


def test_only_the_company_decides_and_a_refusal_says_why(
    kept: Technology, as_manager: FlaskClient, as_buyer: FlaskClient, make_user: Any, sign_in: Any, make_company: Any
) -> None:
    as_buyer.post(page_of(kept), data={"purpose": "Xem thử"})
    stranger = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=stranger)
    assert [decide(browser, "grant", level="nda") for browser in (as_buyer, sign_in(stranger))] == [404, 404]
    assert decide(as_manager, "decline") == 422
    assert decide(as_manager, "decline", reason="Chưa chuyển giao ở nước ngoài") == 303
    assert decide(as_manager, "grant", level="nda") == 409
    assert as_buyer.post(page_of(kept), data={"purpose": "Hỏi lại"}).status_code == 303
    assert wish().state == "asked"


def test_the_company_edits_takes_along_and_brings_back_what_it_keeps_back(
    kept: Technology, as_manager: FlaskClient, manager: User
) -> None:
    form = as_manager.get(f"/exhibitor/technologies/{kept.public_ref}").text
    assert f"Mô tả {SECRET}</textarea>" in form
    assert "Không công khai: Mô tả" in form
    (mine,) = json.loads(as_manager.get("/exhibitor/technologies/mine.json").data)["technologies"]
    assert mine["description"]["vi"] == f"Mô tả {SECRET}"
    version = kept.version
    values = {"description_vi": f"Mới {SECRET}", "summary_vi": "Sấy nhanh", "further": {"innovation_vi": SECRET}}
    assert set(technologies.change(kept, manager, version, ["food"], **values)) >= {"description_vi", "summary_vi"}
    db.session.commit()
    assert (kept.description_vi, kept.further) == ("", {})
    assert kept.version > version
    assert db.session.scalars(db.select(KeptBack)).one().kept["innovation_vi"] == SECRET
    as_manager.post(f"/exhibitor/technologies/{kept.public_ref}/who-sees-what", data=LEVELS | {"description": "public"})
    db.session.expire_all()
    assert (kept.description_vi, kept.further) == (f"Mới {SECRET}", {})

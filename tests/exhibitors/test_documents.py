"""Documents of a technology: judged by content, downloaded as their level allows, named otherwise."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.exhibitors import needs
from techfair.exhibitors.documents.models import RecordDocument
from techfair.exhibitors.models import Application, Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def add(as_manager: FlaskClient, technology: Technology) -> Callable[..., Any]:
    """Sends a document by the form."""

    def sent(level: str = "public", data: bytes = PDF) -> Any:
        form = {"title_vi": "Bản vẽ", "title_en": "Drawing", "level": level, "file": (io.BytesIO(data), "a.pdf")}
        return as_manager.post(f"/exhibitor/technologies/{technology.public_ref}/documents", data=form)

    return sent


def address(technology: Technology) -> str:
    document = db.session.scalars(db.select(RecordDocument)).one()
    return f"/technologies/{technology.public_ref}/documents/{document.id}.pdf"


def test_a_public_document_is_downloaded_by_everyone_and_a_form_sent_twice_adds_it_once(
    add: Any, exhibitor: Exhibitor, technology: Technology, client: FlaskClient
) -> None:
    assert [add().status_code, add().status_code] == [303, 303]
    place = address(technology)
    pages = [client.get(f"{start}/technologies/{technology.public_ref}").text for start in ("/fairs/gia-lai", "")]
    assert [f'href="{place}"' in page for page in pages] == [True, True]
    answer = client.get(place)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_one_on_request_is_named_but_given_to_its_company_alone(
    add: Any,
    exhibitor: Exhibitor,
    technology: Technology,
    as_manager: FlaskClient,
    app: Any,
    make_company: Callable[..., Company],
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
) -> None:
    add("request")
    place = address(technology)
    assert as_manager.get(place).data == PDF
    visitor = app.test_client()
    page = visitor.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text
    assert "Bản vẽ" in page
    assert place not in page
    stranger = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=stranger)
    assert [visitor.get(place).status_code, sign_in(stranger).get(place).status_code] == [404, 404]


def test_before_its_company_exhibits_a_document_is_for_its_company_alone(
    add: Any, technology: Technology, as_manager: FlaskClient, app: Any
) -> None:
    add()
    place = address(technology)
    assert [browser.get(place).status_code for browser in (as_manager, app.test_client())] == [200, 404]


def test_another_company_neither_adds_nor_removes(
    add: Any, technology: Technology, make_company: Any, make_user: Any, sign_in: Callable[[User], FlaskClient]
) -> None:
    add()
    document = db.session.scalars(db.select(RecordDocument)).one()
    other = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=other)
    browser = sign_in(other)
    assert browser.get(f"/exhibitor/technologies/{technology.public_ref}/documents").status_code == 404
    assert browser.post(f"/exhibitor/technologies/documents/{document.id}/remove").status_code == 404


def test_a_removed_document_is_gone(
    add: Any, exhibitor: Exhibitor, technology: Technology, as_manager: FlaskClient
) -> None:
    add()
    place = address(technology)
    document = db.session.scalars(db.select(RecordDocument)).one()
    as_manager.post(f"/exhibitor/technologies/documents/{document.id}/remove")
    assert as_manager.get(place).status_code == 404


@pytest.mark.parametrize("data", [b"<html><script>alert(1)</script>", b"PK\x03\x04bomb", b"%PDF-1.7 cut off"])
def test_what_is_no_pdf_is_refused_beside_the_field(add: Any, data: bytes) -> None:
    answer = add(data=data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert "Drawing" in answer.text


def test_a_need_has_documents_too_and_all_of_them_are_for_everyone(
    as_manager: FlaskClient, client: FlaskClient, exhibitor: Exhibitor, company: Company, manager: User
) -> None:
    need = needs.create(company, manager, ["food"], title_vi="Cần máy sấy", problem_vi="Ẩm", wanted_result_vi="Khô")
    needs.publish(need, manager)
    db.session.commit()
    place = f"/exhibitor/needs/{need.public_ref}/documents"
    form = {"title_vi": "Bản vẽ", "level": "request", "file": (io.BytesIO(PDF), "a.pdf")}
    assert as_manager.post(place, data=form).status_code == 303
    document = db.session.scalars(db.select(RecordDocument)).one()
    file = f"/needs/{need.public_ref}/documents/{document.id}.pdf"
    pages = [client.get(f"{start}/needs/{need.public_ref}").text for start in ("/fairs/gia-lai", "")]
    assert [f'href="{file}"' in page for page in pages] == [True, True]
    assert client.get(file).data == PDF
    as_manager.post(f"/exhibitor/needs/documents/{document.id}/remove")
    assert client.get(file).status_code == 404


def test_documents_of_a_company_are_for_everyone_or_for_its_organizers_alone(
    as_manager: FlaskClient,
    app: Any,
    exhibitor: Exhibitor,
    company: Company,
    application: Application,
    as_organizer: FlaskClient,
    make_user: Callable[..., User],
    sign_in: Callable[[User], FlaskClient],
) -> None:
    place = f"/exhibitor/companies/{company.public_ref}/documents"
    for level, title, data in (("public", "Tờ giới thiệu", PDF), ("organizer", "Giấy phép", PDF + b"\n")):
        form = {"title_vi": title, "level": level, "file": (io.BytesIO(data), "a.pdf")}
        assert as_manager.post(place, data=form).status_code == 303
    public, kept = db.session.scalars(db.select(RecordDocument).order_by(RecordDocument.id))
    files = [f"/companies/{company.public_ref}/documents/{one.id}.pdf" for one in (public, kept)]
    stranger, visitor = sign_in(make_user("stranger@example.vn")), app.test_client()
    browsers = (as_manager, as_organizer, stranger, visitor)
    got = [[browser.get(file).status_code for file in files] for browser in browsers]
    assert got == [[200, 200], [200, 200], [200, 404], [200, 404]]
    for page in (f"/fairs/gia-lai/exhibitors/{company.public_ref}", f"/companies/{company.public_ref}"):
        assert [word in visitor.get(page).text for word in (files[0], "Giấy phép")] == [True, False]
    review = as_organizer.get(f"/organizer/fairs/gia-lai/exhibitors/{application.id}").text
    assert [file in review for file in files] == [True, True]
    assert stranger.post(f"/exhibitor/companies/documents/{public.id}/remove").status_code == 404
    assert as_manager.post(f"/exhibitor/companies/documents/{public.id}/remove").status_code == 303
    assert visitor.get(files[0]).status_code == 404


def test_before_a_company_applies_nobody_else_gets_its_documents_and_it_keeps_none_on_request(
    as_manager: FlaskClient, app: Any, company: Company, as_organizer: FlaskClient
) -> None:
    place = f"/exhibitor/companies/{company.public_ref}/documents"
    form = {"title_vi": "Giấy phép", "level": "request", "file": (io.BytesIO(PDF), "a.pdf")}
    assert as_manager.post(place, data=form).status_code == 422
    form |= {"level": "public", "file": (io.BytesIO(PDF), "a.pdf")}
    assert as_manager.post(place, data=form).status_code == 303
    file = f"/companies/{company.public_ref}/documents/{db.session.scalars(db.select(RecordDocument.id)).one()}.pdf"
    assert [browser.get(file).status_code for browser in (as_manager, as_organizer, app.test_client())] == [
        200,
        404,
        404,
    ]

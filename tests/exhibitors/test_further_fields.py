"""What partners ask next about a record is typed, shown in both languages, and refused where it could do harm."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from tests.exhibitors.test_own_pages import OFFER

NEW = "/exhibitor/technologies/new"
FURTHER = {
    "partner_sought_vi": "Nhà máy chè ở miền núi",
    "partner_sought_en": "Tea factories in the highlands",
    "references_vi": "HTX Ia Grai, 2016",
    "stage": "production",
    "stage_year": "2016",
    "property_state": "granted",
    "property_owner": "Viện Cơ điện",
    "video": "video.example.vn/may-say",
}


def test_further_fields_are_kept_and_shown_in_the_reader_s_language(
    as_manager: FlaskClient, client: FlaskClient, exhibitor: Exhibitor
) -> None:
    assert as_manager.post(NEW, data=OFFER | FURTHER).status_code == 303
    technology = db.session.scalars(db.select(Technology)).one()
    page = as_manager.get(f"/fairs/gia-lai/technologies/{technology.public_ref}")
    for text in ("Nhà máy chè ở miền núi", "HTX Ia Grai, 2016", "từ năm 2016", "Đã cấp · Viện Cơ điện"):
        assert text in page.text
    assert 'href="https://video.example.vn/may-say"' in page.text
    english = as_manager.get(f"/fairs/gia-lai/technologies/{technology.public_ref}?lang=en").text
    assert "Tea factories in the highlands" in english
    (told,) = client.get("/fairs/gia-lai/technologies.json").json["technologies"]
    assert told["further"]["stage_year"] == 2016
    form = as_manager.get(f"/exhibitor/technologies/{technology.public_ref}").text
    assert "Nhà máy chè ở miền núi</textarea>" in form


def test_a_need_says_what_is_used_today_and_keeps_what_no_form_knows(
    as_manager: FlaskClient, company: Company, exhibitor: Exhibitor
) -> None:
    typed = {"title_vi": "Hạt mốc", "problem_vi": "Mưa", "wanted_result_vi": "5 tấn", "sectors": ["food"]}
    typed |= {"budget_currency": "VND", "deed": "publish", "constraints_vi": "Điện 40 kW"}
    as_manager.post("/exhibitor/needs/new", data=typed)
    need = db.session.scalars(db.select(Need)).one()
    need.further = need.further | {"older": "một ghi chú"}
    db.session.commit()
    typed |= {"version": need.version, "present_technology_vi": "Phơi sân"}
    as_manager.post(f"/exhibitor/needs/{need.public_ref}", data=typed)
    db.session.expire_all()
    assert need.further == {"older": "một ghi chú", "constraints_vi": "Điện 40 kW", "present_technology_vi": "Phơi sân"}
    page = as_manager.get(f"/fairs/gia-lai/needs/{need.public_ref}").text
    assert "Điện 40 kW" in page
    assert "một ghi chú" not in page


def test_an_import_changes_one_further_field_and_leaves_the_others(as_manager: FlaskClient, company: Company) -> None:
    as_manager.post(NEW, data=OFFER | FURTHER)
    taken = as_manager.get("/exhibitor/technologies/mine.json").json
    taken["technologies"][0]["further"]["support_vi"] = "Bảo hành hai năm"
    file = (io.BytesIO(json.dumps(taken).encode()), "x.json")
    preview = as_manager.post("/exhibitor/technologies/import", data={"file": file}).location
    assert "Hỗ trợ kèm theo, tiếng Việt" in as_manager.get(preview).text
    as_manager.post(preview, data={"which": "all"})
    technology = db.session.scalars(db.select(Technology)).one()
    assert technology.further["support_vi"] == "Bảo hành hai năm"
    assert technology.further["video"] == "https://video.example.vn/may-say"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.vn/x", "javascript://a.vn/%0aalert(1)"]
)
def test_a_video_that_is_no_web_page_is_refused_beside_the_field(
    as_manager: FlaskClient, company: Company, address: str
) -> None:
    answer = as_manager.post(NEW, data=OFFER | {"video": address})
    assert answer.status_code == 422
    assert 'id="video-error"' in answer.text
    assert db.session.scalar(db.select(db.func.count(Technology.id))) == 0


def test_a_script_in_any_text_is_shown_as_text(as_manager: FlaskClient, exhibitor: Exhibitor) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    texts = (
        "title_vi",
        "summary_vi",
        "description_vi",
        "advantages_vi",
        "partner_sought_vi",
        "references_vi",
        "keywords_vi",
    )
    as_manager.post(NEW, data=OFFER | dict.fromkeys(texts, script))
    technology = db.session.scalars(db.select(Technology)).one()
    page = as_manager.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text
    assert page.count("&lt;script&gt;") >= len(texts)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def html() -> bytes:
    return b"\n <!doctype html><script>alert(1)</script>"


def huge() -> bytes:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x", bytes(10 * 2**20))
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (svg, "Tệp SVG và HTML có thể mang mã"),
        (html, "Tệp SVG và HTML có thể mang mã"),
        (huge, "quá nhiều điểm ảnh"),
        (bomb, "không phải ảnh"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(8 * 2**20), "quá lớn"),
    ],
    ids=["svg", "html", "20000 pixels", "zip", "oversize"],
)
def test_a_malicious_picture_is_refused_with_a_reason_beside_the_field(
    as_manager: FlaskClient, company: Company, make: Callable[[], bytes], reason: str
) -> None:
    data: dict[str, Any] = OFFER | {"picture": (io.BytesIO(make()), "anh.png", "image/png")}
    answer = as_manager.post(NEW, data=data)
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.text
    assert reason in answer.text
    assert "Coffee dryer" in answer.text

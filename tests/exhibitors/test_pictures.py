"""Pictures of a technology: several, with captions in both languages, in an order; the first is the cover."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from pypdf import PdfReader

from techfair.accounts.models import User
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.pictures.models import TechnologyPicture
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db


def photograph(colour: str = "red", side: int = 1000) -> bytes:
    """A JPEG that says where it was taken."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "a maker of cameras"
    Image.new("RGB", (side, side // 2), colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def send(as_manager: FlaskClient, technology: Technology) -> Callable[..., Any]:
    """Sends files by the form, named by letters."""

    def sent(*files: bytes) -> Any:
        data = {"pictures": [(io.BytesIO(file), f"{name}.jpg") for name, file in zip("abcdef", files, strict=False)]}
        return as_manager.post(f"/exhibitor/technologies/{technology.public_ref}/pictures", data=data)

    return sent


def stored() -> list[TechnologyPicture]:
    row = db.select(TechnologyPicture).order_by(TechnologyPicture.position)
    return list(db.session.scalars(row.execution_options(populate_existing=True)))


def test_several_at_once_are_drawn_anew_in_two_sizes_and_a_form_sent_twice_adds_them_once(
    send: Any, client: FlaskClient
) -> None:
    files = (photograph(), photograph("blue"))
    assert [send(*files).status_code, send(*files).status_code] == [303, 303]
    first, _second = stored()
    large, small = (client.get(f"/pictures/{digest}").data for digest in (first.digest, first.small_digest))
    assert [Image.open(io.BytesIO(data)).size for data in (large, small)] == [(1000, 500), (640, 320)]
    assert b"maker of cameras" not in large


def test_of_several_files_each_bad_one_is_named_with_its_reason_and_the_good_ones_are_kept(send: Any) -> None:
    answer = send(b"<svg><script>alert(1)</script></svg>", photograph(), b"PK\x03\x04 bomb")
    assert answer.status_code == 422
    assert re.findall(r"([ac])\.jpg: (Tệp SVG|Tệp này không phải)", answer.text)[:2] == [
        ("a", "Tệp SVG"),
        ("c", "Tệp này không phải"),
    ]
    assert len(stored()) == 1


def test_captions_are_what_those_read_who_cannot_see_it_in_their_language(
    send: Any, as_manager: FlaskClient, client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    send(photograph())
    (picture,) = stored()
    form = {f"picture-{picture.id}-caption_vi": "Máy sấy ở Pleiku", f"picture-{picture.id}-caption_en": "In Pleiku"}
    assert as_manager.post(f"/exhibitor/technologies/pictures/{picture.id}", data=form).status_code == 303
    for start in ("/fairs/gia-lai", ""):
        for language, caption in (("vi", "Máy sấy ở Pleiku"), ("en", "In Pleiku")):
            page = client.get(f"{start}/technologies/{technology.public_ref}?lang={language}").text
            assert f'alt="{caption}"' in page
    long = dict.fromkeys(form, "x" * 300)
    answer = as_manager.post(f"/exhibitor/technologies/pictures/{picture.id}", data=long)
    assert answer.status_code == 422
    assert "x" * 300 in answer.text


def test_of_two_who_describe_a_picture_at_once_the_second_is_told_and_loses_nothing(
    send: Any, as_manager: FlaskClient
) -> None:
    send(photograph(), photograph("blue"))
    a, b = stored()
    place = f"/exhibitor/technologies/pictures/{a.id}"

    def said(text: str, seen: str, deed: str = "") -> Any:
        form = {"caption_vi": text, "seen_vi": seen}
        return as_manager.post(
            place, data={f"picture-{a.id}-{key}": value for key, value in form.items()} | {"deed": deed}
        )

    assert said("Máy sấy", "").status_code == 303
    second = said("Máy sấy ở Pleiku", "")
    assert second.status_code == 409
    assert ["Máy sấy</td>" in second.text, 'value="Máy sấy ở Pleiku"' in second.text] == [True, True]
    assert said("", "", "later").status_code == 303  # who only moved it says nothing of the caption
    assert [(one.id, one.caption_vi) for one in stored()] == [(b.id, ""), (a.id, "Máy sấy")]
    assert said("Máy sấy ở Pleiku", "Máy sấy").status_code == 303


def test_the_first_is_the_cover_in_lists_and_moving_or_removing_one_changes_it(
    send: Any, as_manager: FlaskClient, client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    send(photograph(), photograph("blue"), photograph("green"))
    version = technology.version
    a, b, c = stored()
    caption = {f"picture-{c.id}-caption_vi": "Bản vẽ"}
    as_manager.post(f"/exhibitor/technologies/pictures/{c.id}", data=caption | {"deed": "cover"})
    as_manager.post(f"/exhibitor/technologies/pictures/{a.id}", data={"deed": "later"})
    assert [(one.id, one.caption_vi) for one in stored()] == [(c.id, "Bản vẽ"), (b.id, ""), (a.id, "")]
    assert c.small_digest in client.get("/fairs/gia-lai/technologies").text
    as_manager.post(f"/exhibitor/technologies/pictures/{c.id}/remove")
    assert b.small_digest in client.get("/fairs/gia-lai/technologies").text
    db.session.refresh(technology)
    assert technology.version == version  # who edits its text meanwhile is not told of a conflict


def test_messengers_search_engines_and_the_data_sheet_show_them(
    send: Any, client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    place = f"/technologies/{technology.public_ref}"
    bare = client.get(f"{place}/vi.png").data
    send(photograph(), photograph("blue"))
    assert client.get(f"{place}/vi.png").data != bare
    page = client.get(place).text
    assert all(f"/pictures/{one.digest}" in page.partition("application/ld+json")[2] for one in stored())
    sheet = PdfReader(io.BytesIO(client.get(f"{place}/sheet-vi.pdf").data))
    assert len(sheet.pages[0].images) == 2


def test_another_company_changes_no_picture(
    send: Any, technology: Technology, make_company: Callable[..., Company], make_user: Any, sign_in: Any
) -> None:
    send(photograph())
    (picture,) = stored()
    other: User = make_user("stranger@example.vn")
    make_company("Công ty Khác", by=other)
    browser = sign_in(other)
    places = (f"{technology.public_ref}/pictures", f"pictures/{picture.id}", f"pictures/{picture.id}/remove")
    assert [browser.post(f"/exhibitor/technologies/{place}").status_code for place in places] == [404, 404, 404]


def test_a_new_technology_s_form_takes_its_first_picture(as_manager: FlaskClient, company: Company) -> None:
    form = {"title_vi": "Máy sấy", "picture": (io.BytesIO(photograph()), "a.jpg")}
    assert as_manager.post("/exhibitor/technologies/new", data=form).status_code == 303
    (picture,) = stored()
    assert db.session.scalars(db.select(Technology.picture_digest)).one() == picture.small_digest

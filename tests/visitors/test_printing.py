"""The badges of a fair as one PDF: whose, in which order, on what paper, and by whom."""

import csv
import io
import re
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from techfair.core import jobs
from techfair.core.vietnamese import nfc
from techfair.extensions import db
from techfair.visitors import badges, own, printing
from techfair.visitors.models import Registration
from techfair.visitors.printing import Order
from tests.visitors.test_commands import run

PRINT = "/organizer/fairs/gia-lai/visitors/print"
ROWS = csv.DictReader((Path(__file__).parents[1] / "cases" / "names.csv").open(encoding="utf-8"))
NAMES = [row["full name"] for row in ROWS]


def read(pdf):
    """The text of each page, words apart by one blank."""
    return [nfc(" ".join(page.extract_text().split())) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def people(make_badge):
    """Three people, in no order."""
    return [
        make_badge("Trần Văn Tùng", organisation="Sở Công Thương"),
        make_badge("Nguyễn Thị An", organisation="Viện Nghiên cứu", kind="press"),
        make_badge("H'Bia Siu", organisation="Hợp tác xã Ia Phí"),
    ]


@pytest.mark.parametrize(
    ("order", "names"),
    [("name", ["An", "Siu", "Tùng"]), ("organisation", ["Siu", "Tùng", "An"]), ("number", ["Tùng", "An", "Siu"])],
)
def test_badges_are_sorted_as_asked(people, fair, order, names):
    pages = read(printing.print_all(fair, Order(order=order)))
    assert [next(name for name in names if name in page) for page in pages] == names


def test_only_the_kinds_asked_for_and_only_valid_badges_are_printed(people, fair, organizer):
    badges.revoke(people[0].badge, organizer, "Mất thẻ")
    assert len(read(printing.print_all(fair, Order()))) == 2
    (page,) = read(printing.print_all(fair, Order(kinds=("press",))))
    assert ("Nguyễn Thị An" in page, "BÁO CHÍ" in page) == (True, True)


@pytest.mark.same_everywhere
@pytest.mark.parametrize(("paper", "pages", "width"), [("a6", 3, 105), ("card", 3, 86), ("a4", 1, 210)])
def test_paper_has_its_size_and_a_sheet_holds_four(people, fair, paper, pages, width):
    made = pypdf.PdfReader(io.BytesIO(printing.print_all(fair, Order(paper=paper)))).pages
    assert (len(made), round(float(made[0].mediabox.width) / 72 * 25.4)) == (pages, width)


@pytest.mark.same_everywhere
def test_every_real_name_and_a_long_company_are_printed_whole_on_every_paper(make_badge, fair):  # K044
    company = (
        "Công ty Cổ phần Đầu tư Phát triển Công nghệ Năng lượng và Môi trường Ưởng Ánh – Chi nhánh Bà Rịa - Vũng Tàu"
    )
    names = [*NAMES, "NGUYỄN THỊ NGỌC ÁNH"]
    people = {name: make_badge(name, organisation=company).badge.registration_id for name in names}
    widest = [name for name in names if len(name) > 50 or name in {"Ưởng", "NGUYỄN THỊ NGỌC ÁNH"}]
    for paper, printed in (("a6", names), ("card", widest), ("a4", widest)):
        pages = printing.print_few(fair, Order(paper=paper), [people[name] for name in printed])
        text = " ".join(read(pages)).replace(" ", "")
        assert [name for name in printed if nfc(name).replace(" ", "") not in text] == []
        assert text.count(company.replace(" ", "")) == len(printed)


@pytest.mark.same_everywhere
def test_parts_are_joined_in_order(make_badge, fair, monkeypatch):
    monkeypatch.setattr(printing, "PART", 2)
    for number in range(5):
        make_badge(f"Khách {number}")
    told = []
    pages = read(printing.print_all(fair, Order(order="number"), lambda done: told.append(done) or True))
    assert ([f"Khách {n}" in page for n, page in enumerate(pages)], told) == ([True] * 5, [2, 4, 5])


@pytest.mark.same_everywhere
def test_whoever_stops_it_gets_nothing(people, fair):
    assert printing.print_all(fair, Order(), lambda done: False) is None


def test_an_organizer_prints_in_the_background_and_downloads_the_file(people, as_organizer):
    assert as_organizer.post(PRINT, data={"paper": "a4", "order": "name", "language": "vi"}).status_code == 303
    assert "chờ xử lý" in as_organizer.get(PRINT).text
    jobs.run_due()
    file = as_organizer.get(re.search(r'/organizer/[^"]+/badges-\d+\.pdf', as_organizer.get(PRINT).text)[0])
    assert (file.mimetype, file.data[:5]) == ("application/pdf", b"%PDF-")
    assert "In thẻ" in as_organizer.get("/organizer/fairs/gia-lai/log").text


def test_kinds_of_which_there_is_nobody_are_refused_at_the_field(people, as_organizer):
    answer = as_organizer.post(PRINT, data={"paper": "a6", "order": "name", "language": "vi", "kinds": ["vip"]})
    assert (answer.status_code, "Không có thẻ còn hiệu lực" in answer.text) == (422, True)


def test_a_stranger_prints_nothing(people, make_user, sign_in):
    stranger = sign_in(make_user("stranger@example.vn"))
    assert (stranger.get(PRINT).status_code, stranger.post(PRINT).status_code) == (404, 404)


def test_the_command_writes_all_badges(app, people, tmp_path):
    file = tmp_path / "badges.pdf"
    run(app, "visitors", "badges", "gia-lai", "--output", str(file), "--order", "number")
    assert ["Trần Văn Tùng" in page for page in read(file.read_bytes())] == [True, False, False]


@pytest.mark.same_everywhere
def test_the_picture_for_chat_apps_is_portrait_and_its_code_is_read_in_a_small_preview(make_badge, fair):
    worn = make_badge("Đặng Thị Ngữ Ưởng", organisation="Hợp tác xã nông nghiệp Chư Sê")
    person = db.session.get_one(Registration, worn.badge.registration_id)
    picture = Image.open(io.BytesIO(printing.picture(fair, worn.badge, person)))
    assert picture.size == (1080, 1350)
    small = picture.resize((432, 540), Image.LANCZOS)
    assert [zxingcpp.read_barcode(one).text for one in (picture, small)] == [worn.address] * 2


def test_the_own_page_gives_that_picture(make_badge, app):
    worn = make_badge("An")
    person = db.session.get_one(Registration, worn.badge.registration_id)
    browser = app.test_client()
    browser.get("/me/" + own.address(person).partition("/me/")[2])
    answer = browser.get("/me/badge.png")
    assert Image.open(io.BytesIO(answer.data)).size == (1080, 1350)
    assert "no-store" in answer.headers["Cache-Control"]

import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from unicodedata import is_normalized

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from techfair.core import pdf, qr

SIGNING_DAY = datetime(2019, 11, 25, tzinfo=UTC)
NAMES = ["H'Bia Êban", "Đặng Thị Ngữ Ưởng", "삼성 테크", "北海机械有限公司", "ООО Пример"]
LONG_NAME = "Công Tằng Tôn Nữ Thị Diễm Phương Quỳnh Hoàng Khánh Đoan Trang Thử Nghiệm"
LONG_COMPANY = (
    "Công ty Cổ phần Nghiên cứu, Ứng dụng và Chuyển giao Công nghệ Sấy Nông sản bằng Năng lượng Mặt trời Tây Nguyên"
)
ENDLESS = "Nguyenthithunghiemmottutendaikhongcokhoangtrangnaocadedemthuxemcobicatkhong"
URL = qr.badge_url("https://fair.example.vn", "Z" * 113)


def letter(**changes):
    return {
        "title": "Biên bản ghi nhớ",
        "issuer": "Sở Khoa học và Công nghệ",
        "parent": "Ủy ban nhân dân tỉnh Gia Lai",
        "number": "Số: 12/BB-SKHCN",
        "place_and_date": "Gia Lai, ngày 25 tháng 11 năm 2019",
        "kind": "Biên bản ghi nhớ",
        "paragraphs": NAMES,
        "signers": [{"key": "a", "title": "Đại diện Bên A", "name": NAMES[0]}],
    } | changes


def badges(*names, badge_format="a6", organisation=LONG_COMPANY):
    code = qr.as_svg(URL, title="", version=6, mask=0)
    kind = {"kind": "Đại biểu", "color": "#A63D1B", "on_color": "#FFFFFF", "code": code, "text": "00412"}
    return {
        "title": "Thẻ",
        "format": badge_format,
        "fair": "Sự kiện trình diễn và kết nối cung - cầu công nghệ Tây Nguyên",
        "dates": "24–26/11/2019",
        "place": "Pleiku",
        "badges": [{"name": name, "organisation": organisation, **kind} for name in names],
    }


def text_of(document, page=0):
    return " ".join(PdfReader(BytesIO(document)).pages[page].extract_text().split())


def words_with_places(document, tmp_path):
    """Every word with its box (x, y, right, bottom) in points from the upper left corner."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    file = tmp_path / "badge.pdf"
    file.write_bytes(document)
    listing = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', listing)
    return [(word, tuple(float(number) for number in box)) for *box, word in found]


def boxes_of(text, words):
    """The boxes of a text that stands whole among the words."""
    sought, found = text.split(), [word for word, _ in words]
    starts = [start for start in range(len(found)) if found[start : start + len(sought)] == sought]
    assert len(starts) == 1
    return [box for _, box in words[starts[0] : starts[0] + len(sought)]]


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_a_name_comes_back_from_text_and_title(name):
    document = pdf.render("letter", letter(title=name))
    assert name in text_of(document)
    assert is_normalized("NFC", text_of(document))
    assert PdfReader(BytesIO(document)).metadata.title == name


def test_an_official_document_has_the_parts_of_the_decree():
    text = text_of(pdf.render("letter", letter(recipients=["Lưu: VT."])))
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: 12/BB-SKHCN",
        "Gia Lai, ngày 25 tháng 11 năm 2019",
        "BIÊN BẢN GHI NHỚ",
        "ĐẠI DIỆN BÊN A",
        "Nơi nhận: - Lưu: VT.",
    ]:
        assert part in text


def test_a_document_is_pdf_a_3_and_the_same_bytes_every_time():
    first, second = (pdf.render("letter", letter(), at=SIGNING_DAY) for _ in range(2))
    assert first == second != pdf.render("letter", letter(), at=SIGNING_DAY.replace(hour=1))
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in first


def test_an_attachment_is_carried_byte_for_byte():
    content = bytes(range(256))
    carried = pdf.Attachment("deal.json", content, "application/json", "Dữ liệu")
    document = pdf.render("letter", letter(), attachments=[carried])
    assert PdfReader(BytesIO(document)).attachments == {"deal.json": [content]}


def test_what_a_person_typed_is_never_a_command():
    typed = '#panic("x") *đậm* $x^2$ `mã` @ref <label> \\ // "ngoặc" -- ...'
    assert typed in text_of(pdf.render("letter", letter(paragraphs=[typed])))


def test_letters_that_no_font_has_are_named_or_stood_in_for():
    data = letter(paragraphs=["Cà phê 😀 ฮ 👨\u200d👩\u200d👧 sạch"])
    with pytest.raises(pdf.TextNotPrintable) as refused:
        pdf.render("letter", data)
    assert {"😀", "ฮ"} <= set(refused.value.letters)
    text = text_of(pdf.render("letter", data, replace_missing=True))
    assert "Cà phê □ □" in text
    assert "sạch" in text


def test_the_program_learns_where_a_signature_goes():
    signers = [{"key": key, "title": f"Đại diện bên {key}", "name": "Thử"} for key in "ab"]
    first, second = pdf.signature_places("letter", letter(signers=signers))
    assert (first.key, second.key, first.page, first.y) == ("a", "b", 1, second.y)
    assert first.x + first.width < second.x
    assert second.x + second.width < 595 - 50


def test_a_long_document_numbers_its_pages_from_the_second_on():
    document = pdf.render("letter", letter(paragraphs=["Điều khoản thử nghiệm."] * 60, signers=[]))
    assert not text_of(document).startswith("1 ")
    assert text_of(document, 1).startswith("2 ")


@pytest.mark.parametrize("badge_format", ["a6", "card", "a4"])
@pytest.mark.parametrize("name", [LONG_NAME, "Ưởng", "NGUYỄN THỊ NGỌC ÁNH", ENDLESS])
def test_nothing_of_a_badge_is_cut_or_covered(name, badge_format, tmp_path):
    words = words_with_places(pdf.render("badge", badges(name, badge_format=badge_format)), tmp_path)
    width, height = {"a6": (297.7, 419.6), "card": (243.8, 153.1), "a4": (297.7, 419.6)}[badge_format]
    for _, (left, top, right, bottom) in words:
        assert left >= 0
        assert top >= -1
        assert right <= width
        assert bottom <= height
    bottom_of_name = max(bottom for _, _, _, bottom in boxes_of(name, words))
    top_of_company = min(top for _, top, _, _ in boxes_of(LONG_COMPANY, words))
    assert bottom_of_name <= top_of_company + 2  # a font's box is a little taller than its letters


@pytest.mark.parametrize("badge_format", ["a6", "card", "a4"])
def test_the_code_of_a_printed_badge_reads_back(badge_format):
    compiler = pdf._compiler("badge", pdf._inputs(badges("Ưởng", badge_format=badge_format), ()))
    printed = Image.open(BytesIO(compiler.compile(format="png", ppi=150))).convert("L")
    assert zxingcpp.read_barcode(printed).text == URL


def test_badges_come_one_a_page_or_four_a_sheet():
    def pages(names, badge_format):
        return len(PdfReader(BytesIO(pdf.render("badge", badges(*names, badge_format=badge_format)))).pages)

    assert [pages(["A", "B", "C", "D", "E"], badge_format) for badge_format in ("a6", "card", "a4")] == [5, 5, 2]


def test_a_badge_without_organisation_is_whole():
    assert "Trần Văn Tùng" in text_of(pdf.render("badge", badges("Trần Văn Tùng", organisation="")))

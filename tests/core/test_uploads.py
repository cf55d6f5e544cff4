from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from PIL import Image

from techfair.core.uploads import UploadRefused, read_pdf, read_picture

CASES = Path(__file__).parents[1] / "cases"


def encoded(image, file_format="PNG", **options):
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def reason_of(data, read=read_picture, **limits):
    with pytest.raises(UploadRefused) as refused:
        read(BytesIO(data), **limits)
    return refused.value.reason


def shown(picture):
    return Image.open(BytesIO(picture.data))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_anew_as_webp(file_format):
    picture = read_picture(BytesIO(encoded(Image.new("RGB", (60, 40), "#0B5D51"), file_format)))
    assert (shown(picture).format, picture.width, picture.height) == ("WEBP", 60, 40)


def test_nothing_of_the_camera_survives():
    exif = Image.Exif()
    exif[0x010E] = "12 Trần Phú, Pleiku"
    data = encoded(Image.new("RGB", (60, 40)), "JPEG", exif=exif, comment=b"secret")
    assert b"Pleiku" in data
    picture = read_picture(BytesIO(data))
    assert b"Pleiku" not in picture.data
    assert (dict(shown(picture).getexif()), b"secret" in picture.data) == ({}, False)


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = read_picture(BytesIO(encoded(Image.new("RGB", (60, 40)), "JPEG", exif=exif)))
    assert (picture.width, picture.height) == (40, 60)


def test_a_large_picture_is_made_smaller_and_a_logo_stays_see_through():
    assert read_picture(BytesIO(encoded(Image.new("RGB", (4000, 1000))))).width == 1600
    assert shown(read_picture(BytesIO(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)))))).getpixel((4, 4))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA"])
def test_every_kind_of_colour_is_taken(mode):
    file_format = "JPEG" if mode == "CMYK" else "PNG"
    assert read_picture(BytesIO(encoded(Image.new(mode, (8, 8)), file_format))).width == 8


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "drawing"),
        (b"\xef\xbb\xbf \n<!doctype html><script>1</script>", "drawing"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"%PDF-1.7\n%%EOF", "not_a_picture"),
        (b"GIF89a<script>", "not_a_picture"),
        (encoded(Image.effect_noise((200, 200), 50))[:3000], "damaged"),
        (encoded(Image.new("RGB", (60, 40)), "BMP"), "not_a_picture"),
    ],
    ids=["empty", "svg", "html", "heic", "pdf", "gif", "cut off", "bmp"],
)
def test_what_is_no_picture_is_refused_with_its_reason(data, reason):
    assert reason_of(data) == reason


def test_a_page_hidden_behind_a_picture_is_left_behind():
    picture = read_picture(BytesIO(encoded(Image.new("RGB", (60, 40))) + b"<script>alert(1)</script>"))
    assert b"<script>" not in picture.data


def test_limits_hold_for_bytes_and_for_pixels():
    data = encoded(Image.new("RGB", (100, 100)))
    assert reason_of(data, max_bytes=len(data) - 1) == "too_large"
    assert reason_of(data, max_pixels=9_999) == "too_many_pixels"


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused():
    bomb = encoded(Image.new("1", (20_000, 20_000)))
    assert len(bomb) < 100_000
    assert reason_of(bomb) == "too_many_pixels"


def test_a_pdf_is_taken_unchanged():
    data = (CASES / "hybrid_xref.pdf").read_bytes()
    assert read_pdf(BytesIO(data)) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 word/document.xml", "not_a_pdf"),
        (b"<html>%PDF-1.7 %%EOF", "not_a_pdf"),
        (b"%PDF-1.7\n1 0 obj", "not_a_pdf"),
    ],
)
def test_what_is_no_pdf_is_refused(data, reason):
    assert reason_of(data, read_pdf) == reason


PICTURE = encoded(Image.effect_noise((30, 30), 90).convert("RGB"), "JPEG")


@given(place=some.integers(0, len(PICTURE) - 1), byte=some.integers(0, 255))
@example(place=0, byte=60)
@settings(max_examples=60, deadline=None)
def test_a_spoilt_picture_is_shown_or_refused_never_a_crash(place, byte):
    spoilt = PICTURE[:place] + bytes([byte]) + PICTURE[place + 1 :]
    try:
        assert read_picture(BytesIO(spoilt)).data
    except UploadRefused as refused:
        assert refused.reason  # noqa: PT017

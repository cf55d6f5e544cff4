import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from techfair.core.qr import as_png, as_svg, badge_url, modules

TOKEN = "Z" * 113
HOST_OF_30 = "https://" + ".gialai.gov.vn".rjust(30, "x")
SVG = "{http://www.w3.org/2000/svg}"


def read_back(png):
    return zxingcpp.read_barcode(Image.open(BytesIO(png)).convert("L"))


def drawn(svg):
    """The picture of an SVG code, painted from its path alone."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    image = Image.new("L", (side, side), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        image.paste(0, (int(x), int(y), int(x) + int(width), int(y) + 1))
    out = BytesIO()
    image.resize((side * 4, side * 4), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("draw", [as_png, lambda url: drawn(as_svg(url, title="Thẻ"))], ids=["png", "svg"])
def test_the_picture_reads_back(draw):
    url = badge_url("https://fair.example.vn", TOKEN)
    assert read_back(draw(url)).text == url


def test_a_badge_of_a_30_character_host_is_version_6_at_most():
    url = badge_url(HOST_OF_30, TOKEN)
    assert len(url) == 8 + 30 + 3 + 113
    assert len(modules(url, correction="M")) <= 17 + 4 * 6
    assert read_back(as_png(url, version=6, mask=0)).text == url


def test_the_picture_is_dark_on_white_with_its_quiet_zone():
    image = Image.open(BytesIO(as_png("X", scale=1))).convert("L")
    assert (image.size, image.getpixel((3, 3)), image.getpixel((4, 4))) == ((29, 29), 255, 0)
    assert as_svg("X", title="").index('fill="#fff"') < as_svg("X", title="").index('fill="#000"')


def test_the_svg_is_well_formed_and_says_what_it_is():
    svg = ElementTree.fromstring(as_svg("X", title='Thẻ của "H\'Mai" <Êban> & bạn'))
    assert svg.find(f"{SVG}title").text == 'Thẻ của "H\'Mai" <Êban> & bạn'
    assert (svg.get("role"), svg.get("style")) == ("img", None)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://fair.example.vn", "HTTPS://FAIR.EXAMPLE.VN/B/T"),
        ("http://127.0.0.1:8000/", "HTTP://127.0.0.1:8000/B/T"),
        ("https://example.vn/hoi-cho", "HTTPS://EXAMPLE.VN/hoi-cho/B/T"),
    ],
)
def test_the_badge_s_address_is_in_capitals_where_case_means_nothing(base, url):
    assert badge_url(base, "T") == url


@given(
    some.text(
        alphabet=some.characters(min_codepoint=32, max_codepoint=0x1EFF, categories="LNPZ"),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=25, deadline=None)
def test_any_text_reads_back(text):
    assert read_back(as_png(text, scale=4)).bytes == text.encode()

"""A fair's colour stays readable whatever it is."""

import pytest
from hypothesis import given
from hypothesis.strategies import binary

from techfair.fairs import brand

pytestmark = pytest.mark.same_everywhere


@given(binary(min_size=3, max_size=3))
def test_every_colour_becomes_readable_in_light_and_in_dark(colour: bytes) -> None:
    for scheme in (brand.LIGHT, brand.DARK):
        assert brand.holds(brand.readable(f"#{colour.hex()}", scheme), scheme)


@pytest.mark.parametrize("colour", ["#0b5d51", "#7a1f5c", "#000000"])
def test_a_colour_that_holds_stays_as_it_is(colour: str) -> None:
    assert brand.readable(colour, brand.LIGHT) == colour


def test_a_pale_yellow_is_darkened_and_keeps_its_hue() -> None:
    red, green, blue = brand.parse(brand.readable("#ffe14d", brand.LIGHT))
    assert red > green > blue


def test_contrast_is_that_of_the_standard() -> None:
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_half_of_red_and_blue_is_what_style_sheets_make_of_it() -> None:
    assert brand.show(brand.mixed(brand.parse("#ff0000"), brand.parse("#0000ff"), 0.5)) == "#8c53a2"


@pytest.mark.parametrize("colour", [None, "", "red", "#12345", "#0b5d51; } body { display: none"])
def test_what_is_no_colour_makes_no_style(colour: str | None) -> None:
    assert brand.style_sheet(colour) == ""

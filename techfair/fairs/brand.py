"""A fair's own colour, darkened or lightened until everybody can read it (WCAG 2.2, 1.4.3).

It stands as text on the pages' grounds and on its own faint tint, and bears text itself on buttons; the
style sheet makes the tint by ``color-mix(in oklab, brand 10%, surface)``, so this module mixes the same way.
"""

import re
from dataclasses import dataclass

RATIO = 4.5
TINT = 0.1
HEX = re.compile("#?([0-9a-fA-F]{6})")

Colour = tuple[float, float, float]  # red, green, blue from 0 to 1


@dataclass(frozen=True)
class Scheme:
    """The grounds that a brand colour meets, and the end towards which it is moved until it holds."""

    grounds: tuple[str, ...]
    surface: str
    on_brand: str
    end: str


LIGHT = Scheme(("#faf8f4", "#f2efe8", "#ffffff"), surface="#ffffff", on_brand="#ffffff", end="#000000")
DARK = Scheme(("#111816", "#0d1311", "#18211e"), surface="#18211e", on_brand="#0b1613", end="#ffffff")


def is_colour(text: str) -> bool:
    """Whether a text names a colour as "#0b5d51" does."""
    return HEX.fullmatch(text) is not None


def readable(colour: str, scheme: Scheme) -> str:
    """The colour itself where it can be read in the scheme, else the nearest one towards its end that can."""
    start, end = parse(colour), parse(scheme.end)
    shades = (mixed(start, end, step / 100) for step in range(101))
    return next(shade for shade in map(show, shades) if holds(shade, scheme))


def holds(colour: str, scheme: Scheme) -> bool:
    """Whether the colour has enough contrast to all it meets in a scheme."""
    tint = show(mixed(parse(scheme.surface), parse(colour), TINT))
    return all(contrast(colour, other) >= RATIO for other in (*scheme.grounds, scheme.on_brand, tint))


def style_sheet(colour: str | None) -> str:
    """The rules that give pages a fair's colour, in light and in dark; none for a fair without one."""
    if colour is None or not is_colour(colour):
        return ""
    light, dark = (_rule(readable(colour, scheme), scheme.on_brand) for scheme in (LIGHT, DARK))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"


def _rule(brand: str, on_brand: str) -> str:
    return f":root {{ --brand: {brand}; --on-brand: {on_brand}; }}"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(parse(one)), luminance(parse(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG defines it."""
    red, green, blue = (_linear(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def parse(text: str) -> Colour:
    """ "#0b5d51" as a colour; raises ValueError for anything else."""
    found = HEX.fullmatch(text)
    if found is None:
        raise ValueError(text)
    red, green, blue = bytes.fromhex(found[1])
    return red / 255, green / 255, blue / 255


def show(colour: Colour) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in colour)


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """``one`` with a ``part`` of ``other``, mixed in OKLab as style sheets do."""
    first, second = _to_oklab(one), _to_oklab(other)
    return _from_oklab(tuple(a + (b - a) * part for a, b in zip(first, second, strict=True)))  # type: ignore[arg-type]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _to_oklab(colour: Colour) -> Colour:
    """CSS Color 4, section 9.2, with the matrices of its sample code for sRGB."""
    red, green, blue = (_linear(part) for part in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Colour) -> Colour:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )

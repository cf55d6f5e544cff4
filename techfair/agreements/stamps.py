"""What is seen of a signature on the page: a stamp of our own drawing, the same in the file and in its pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from techfair.agreements.sealing.making import Place
from techfair.core import pdf

Stroke = Sequence[tuple[float, float]]
PPI = 120  # of the pictures of pages
INK = "#0b3d91"


@dataclass(frozen=True)
class Mark:
    """How a person signs visibly: strokes drawn by hand, in a box three times as wide as high, or a name typed."""

    typed: str = ""
    strokes: Sequence[Stroke] = ()

    @property
    def kind(self) -> str:
        return "drawn" if self.strokes else "typed"


@dataclass(frozen=True)
class Stamp:
    """What a stamp says: whose it is, and some short lines."""

    name: str
    lines: Sequence[str]
    mark: Mark = Mark()


def draw(stamp: Stamp, place: Place) -> bytes:
    """The stamp as a PDF of one page as large as its place; raises TextNotPrintable."""
    return pdf.render("stamp", _data(stamp, place))


def show(page: bytes, stamps: Iterable[tuple[Stamp, Place]]) -> bytes:
    """The picture of a page with stamps on it."""
    picture = Image.open(BytesIO(page)).convert("RGB")
    for stamp, place in stamps:
        drawn = Image.open(BytesIO(pdf.pictures("stamp", _data(stamp, place), ppi=PPI)[0]))
        picture.paste(drawn, (round(place.x * PPI / 72), round(place.y * PPI / 72)), drawn)
    out = BytesIO()
    picture.save(out, "PNG", compress_level=2)
    return out.getvalue()


def _data(stamp: Stamp, place: Place) -> dict[str, Any]:
    return {
        "width": place.width,
        "height": place.height,
        "name": stamp.name,
        "lines": list(stamp.lines),
        "typed": stamp.mark.typed,
        "strokes": _svg(stamp.mark.strokes) if stamp.mark.strokes else None,
    }


def _svg(strokes: Sequence[Stroke]) -> str:
    """The strokes, cut to where they are: a small hand in a corner fills the stamp as a large one does."""
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(point[axis] for point in points) - 6 for axis in (0, 1))
    wide, high = (max(point[axis] for point in points) + 6 - start for axis, start in ((0, left), (1, top)))
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in strokes)
    pen = f'fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"'
    window = f"{left:.1f} {top:.1f} {wide:.1f} {high:.1f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{window}"><g {pen}>{paths}</g></svg>'


def _path(stroke: Stroke) -> str:
    first, *rest = stroke
    lines = rest or [(first[0] + 0.1, first[1])]  # a dot
    return f"M{first[0]:.1f} {first[1]:.1f}" + "".join(f"L{x:.1f} {y:.1f}" for x, y in lines)

"""QR codes as pictures: dark on white, whatever the page around them looks like."""

from html import escape
from io import BytesIO
from itertools import groupby
from urllib.parse import urlsplit

import qrcode
from PIL import Image, ImageOps
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

BORDER = 4  # modules of white around the code (ISO/IEC 18004, 9.1)
CORRECTION = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}

Modules = list[list[bool]]


def badge_url(base_url: str, token: str) -> str:
    """The address on a badge, in capitals, because a QR code holds those in two thirds of the room.

    Scheme and host mean the same in either case; a path before the badge's own keeps its letters.
    """
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}".upper() + f"{parts.path.rstrip('/')}/B/{token}"


def modules(text: str, *, correction: str = "M", version: int | None = None, mask: int | None = None) -> Modules:
    """The code's dark modules by row, without border.

    ``version`` is the least one to use; the code grows where the text needs it. Choosing the mask takes
    most of the time: ten thousand badges name one.
    """
    code = qrcode.QRCode(version=version, error_correction=CORRECTION[correction], border=0, mask_pattern=mask)
    code.add_data(text, optimize=0)  # in one piece: split, long runs of digits cost more than they save
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.modules]


def as_svg(text: str, *, title: str, correction: str = "M", version: int | None = None, mask: int | None = None) -> str:
    """An SVG element of one path, with a title that a screen reader speaks; the page gives it its size."""
    rows = modules(text, correction=correction, version=version, mask=mask)
    side = len(rows) + 2 * BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{_path(rows)}"/></svg>'
    )


def as_png(
    text: str, *, scale: int = 8, correction: str = "M", version: int | None = None, mask: int | None = None
) -> bytes:
    """A PNG in black and white, ``scale`` pixels a module."""
    rows = modules(text, correction=correction, version=version, mask=mask)
    code = Image.new("1", (len(rows), len(rows)))
    code.putdata([not dark for row in rows for dark in row])
    image, out = ImageOps.scale(ImageOps.expand(code, BORDER, fill=1), scale, Image.Resampling.NEAREST), BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _path(rows: Modules) -> str:
    """Every run of dark modules in a row as one rectangle."""
    runs: list[str] = []
    for y, row in enumerate(rows, BORDER):
        x = BORDER
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(runs)

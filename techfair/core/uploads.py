"""What people upload: judged by its content, never by its name or the type it claims."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from PIL import Image, ImageOps, UnidentifiedImageError

from techfair.core.refusal import InputRefused

# Between one and two times its limit Pillow would only warn, and unpack the picture all the same.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

MEGABYTE = 2**20
PICTURE_BYTES, PICTURE_PIXELS, LONGEST_SIDE = 8 * MEGABYTE, 40_000_000, 1600
PDF_BYTES = 20 * MEGABYTE
FORMATS = ("PNG", "JPEG", "WEBP")
FEW_COLOURS = 4096  # a drawing or a logo, which must not be blurred


class UploadRefused(InputRefused):
    """An uploaded file that is not taken: too_large, empty, drawing, not_a_picture, not_a_paper, damaged ..."""


class Upload(Protocol):
    """An uploaded file as a form gives it; only its bytes are looked at."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Picture:
    """A picture of our own making (WebP): upright, without any metadata of the one it was made from."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Paper:
    """A PDF, JPEG or PNG exactly as it was sent, so that its SHA-256 stays that of the sender's own file."""

    data: bytes
    media_type: str


def read_picture(
    upload: Upload, *, max_bytes: int = PICTURE_BYTES, max_pixels: int = PICTURE_PIXELS, side: int = LONGEST_SIDE
) -> Picture:
    """Make a picture to show from an uploaded PNG, JPEG or WebP; raises UploadRefused.

    It is drawn anew, no side longer than ``side``: what was hidden in the file, place and camera included,
    does not survive.
    """
    data = _read(upload, max_bytes)
    _refuse_lookalikes(data)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            _refuse_too_many(opened.width * opened.height, max_pixels)
            return _drawn_anew(opened, side)
    except InputRefused:
        raise
    except UnidentifiedImageError as error:
        raise UploadRefused("not_a_picture", _l("This file is no picture. Send a PNG, JPEG or WebP file.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(max_pixels) from error
    except Exception as error:  # decoders raise whatever a hostile file makes them raise
        raise UploadRefused("damaged", _l("This picture is damaged. Open it, save it again and send that.")) from error


def read_pdf(upload: Upload, *, max_bytes: int = PDF_BYTES) -> bytes:
    """The content of an uploaded PDF, unchanged; raises UploadRefused.

    Nothing inside is trusted: hand it out as a download only, never shown within our pages.
    """
    data = _read(upload, max_bytes)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise UploadRefused("not_a_pdf", _l("This file is no complete PDF. Export it as PDF again and send that."))
    return data


def read_paper(upload: Upload, *, max_bytes: int = PDF_BYTES) -> Paper:
    """A scan or photograph of a paper, unchanged: PDF, JPEG or PNG by its content; raises UploadRefused.

    A picture must open to its last line. Like ``read_pdf``: hand it out as a download only.
    """
    data = _read(upload, max_bytes)
    if data.startswith(b"%PDF-"):
        return Paper(read_pdf(BytesIO(data), max_bytes=max_bytes), "application/pdf")
    _refuse_lookalikes(data)
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            _refuse_too_many(opened.width * opened.height, PICTURE_PIXELS)
            opened.load()
            return Paper(data, "image/png" if opened.format == "PNG" else "image/jpeg")
    except InputRefused:
        raise
    except UnidentifiedImageError as error:
        message = _l("This is neither PDF nor JPEG nor PNG. Scan or photograph the paper again and send that.")
        raise UploadRefused("not_a_paper", message) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(PICTURE_PIXELS) from error
    except Exception as error:  # decoders raise whatever a hostile file makes them raise
        raise UploadRefused("damaged", _l("This picture is damaged. Open it, save it again and send that.")) from error


def _read(upload: Upload, max_bytes: int) -> bytes:
    data = upload.read(max_bytes + 1)
    if not data:
        raise UploadRefused("empty", _l("This file is empty. Choose another."))
    if len(data) > max_bytes:
        size = max_bytes // MEGABYTE
        raise UploadRefused("too_large", _l("This file is too large. It may have up to %(size)s MB.", size=size))
    return data


def _refuse_lookalikes(data: bytes) -> None:
    """What people often take for a picture, each with its own advice."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        message: LazyString = _l(
            "SVG and HTML files can carry programs and are not taken. Send a PNG, JPEG or WebP file."
        )
        raise UploadRefused("drawing", message)
    if data[4:8] == b"ftyp" and data[8:12] not in (b"avif", b"avis"):
        message = _l("This is an iPhone's own kind of picture (HEIC) or a video. Send it as JPEG.")
        raise UploadRefused("heic", message)


def _refuse_too_many(pixels: int, max_pixels: int) -> None:
    if pixels > max_pixels:
        raise _too_many_pixels(max_pixels)


def _too_many_pixels(max_pixels: int) -> UploadRefused:
    message = _l("This picture has too many pixels. It may have up to %(pixels)s million.", pixels=max_pixels // 10**6)
    return UploadRefused("too_many_pixels", message)


def _drawn_anew(opened: Image.Image, side: int) -> Picture:
    opened.draft("RGB", (side, side))  # a large JPEG is decoded at a fraction of its size
    upright = ImageOps.exif_transpose(opened)
    image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    is_drawing = image.getcolors(FEW_COLOURS) is not None
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    out = BytesIO()
    fresh.save(out, "WEBP", lossless=is_drawing, quality=85, exact=False)
    return Picture(out.getvalue(), *fresh.size)

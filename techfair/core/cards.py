"""Cards: pictures of 1200 by 630 that messengers and social networks show beside a link. Made once and kept."""

import hashlib
import io
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Response, current_app, request
from PIL import Image

from techfair.core import pdf
from techfair.core.files import FileDamaged, FileMissing

WIDTH, HEIGHT = 1200, 630
DAY = 24 * 3600
DRAWING = 2  # rises with each change of the drawing (documents/card.typ), so that no old picture is shown
COLOURS, OF_PHOTOGRAPHS = 128, 256  # a third of the bytes; photographs are dithered


@dataclass(frozen=True)
class Card:
    """What a card says. ``level`` is drawn as steps of nine; ``color`` bears ``on_color``."""

    language: str
    kind: str
    title: str
    lines: tuple[str, ...]
    footer: str
    color: str
    on_color: str
    level: int | None = None
    level_text: str = ""
    picture: str = ""  # the digest of a photograph that takes the right third

    @property
    def digest(self) -> str:
        """What tells this card from one that says or looks otherwise."""
        told = json.dumps([DRAWING, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def answer(name: str, card: Card) -> Response:
    """The card as PNG. ``name`` says what it is of: an older picture of the same is taken off the disk."""
    response = Response(_picture(name, card), mimetype="image/png")
    response.cache_control.public, response.cache_control.max_age = True, DAY
    response.set_etag(card.digest)
    response.make_conditional(request)
    return response


def _picture(name: str, card: Card) -> bytes:
    folder: Path = current_app.extensions["settings"].instance / "cards"
    place = folder / f"{name}.{card.digest}.png"
    if place.is_file():
        return place.read_bytes()
    data = draw(card)
    folder.mkdir(parents=True, exist_ok=True)
    for older in folder.glob(f"{name}.*.png"):
        older.unlink(missing_ok=True)
    _put(place, data)
    return data


def draw(card: Card) -> bytes:
    """The picture itself."""
    photograph = _photograph(card.picture)
    (drawn,) = pdf.pictures("card", asdict(card) | {"picture": photograph}, ppi=72)
    out = io.BytesIO()
    colours = OF_PHOTOGRAPHS if photograph else COLOURS
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(colours).save(out, "PNG", optimize=True)
    return out.getvalue()


def _photograph(digest: str) -> list[int] | None:
    """Its bytes as Typst takes them; a card is drawn without one that is gone."""
    if not digest:
        return None
    try:
        return list(current_app.extensions["files"].read_picture(digest))
    except (FileMissing, FileDamaged):
        return None


def _put(place: Path, data: bytes) -> None:
    """Beside its place and then renamed: of two that draw at once, neither serves half a picture."""
    descriptor, beside = tempfile.mkstemp(dir=place.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    Path(beside).replace(place)

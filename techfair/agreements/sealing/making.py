"""Putting signatures into a PDF: certify it once, then one signature of each party, the seal last.

Every signature is an incremental update: the bytes before it never change. A signature stands in a field that
was laid out before the certification, for after it nothing can be added but signatures (DocMDP, level 2).
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from techfair.agreements.sealing import aside, lasting
from techfair.agreements.sealing.identities import Identity, der
from techfair.agreements.sealing.lasting import Addition

CERTIFICATION, SEAL = "Certification", "Seal"
ROOM, STAMP_ROOM = 2_048, 24_576  # bytes kept for a signature beside its certificates; for a time stamp's chain


@dataclass(frozen=True)
class Place:
    """A field for a signature: points from the page's upper left corner; pages count from 1."""

    key: str
    page: int
    x: float
    y: float
    width: float
    height: float


Draw = Callable[[Place], bytes]


@dataclass(frozen=True)
class Times:
    """A time stamp authority, and what its and the signers' certificates are checked by for the long term."""

    stamper: TimeStamper
    context: ValidationContext
    long_term: bool = False  # B-LTA: keep the chain's validity beside the signature, and stamp the whole file


@dataclass(frozen=True)
class Say:
    """What the signature itself says to any reader of PDF."""

    reason: str
    location: str = ""  # where the document is verified
    name: str = ""
    at: datetime | None = None


def certify(pdf: bytes, places: Sequence[Place], identity: Identity, say: Say, times: Times | None = None) -> bytes:
    """Lay out a field for each place, and certify: from here the file takes signatures and nothing else."""
    writer = Addition(pdf)
    heights = _heights(writer.prev)
    for place in places:
        top = heights[place.page - 1] - place.y
        box = (round(place.x), round(top - place.height), round(place.x + place.width), round(top))
        spec = SigFieldSpec(place.key, on_page=place.page - 1, box=box)
        fields.append_signature_field(writer, spec)
    fields.append_signature_field(writer, SigFieldSpec(CERTIFICATION))
    return _signed(writer, metadata(CERTIFICATION, say, certify=True), identity, say.at, times)


def sign(
    pdf: bytes, field: str, identity: Identity, say: Say, draw: Draw | None = None, times: Times | None = None
) -> bytes:
    """Sign in a field laid out before; ``draw`` gives a PDF of one page for the field's place."""
    writer = Addition(pdf)
    stamp = draw(next(place for place in _places(writer.prev) if place.key == field)) if draw else None
    return _signed(writer, metadata(field, say), identity, say.at, times, stamp)


def places(pdf: bytes) -> list[Place]:
    """The fields for signatures of a PDF in order, as ``certify`` laid them out; those without a place left out."""
    return _places(PdfFileReader(BytesIO(pdf)))


def _places(reader: PdfFileReader) -> list[Place]:
    heights = _heights(reader)
    found = []
    pages = {reader.find_page_for_modification(n)[0].reference: n for n in range(len(heights))}
    for name, _value, reference in fields.enumerate_sig_fields(reader):
        field = reference.get_object()
        left, bottom, right, top = (float(side) for side in field["/Rect"])
        if right > left:
            number = pages[field.raw_get("/P").reference]
            found.append(Place(name, number + 1, left, heights[number] - top, right - left, top - bottom))
    return found


def open_fields(pdf: bytes) -> list[str]:
    """The names of the fields that wait for a signature."""
    found = fields.enumerate_sig_fields(PdfFileReader(BytesIO(pdf)), filled_status=False)
    return [name for name, _value, _reference in found]


def metadata(field: str, say: Say, *, certify: bool = False) -> PdfSignatureMetadata:
    """What is signed along with the bytes."""
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=say.reason,
        location=say.location or None,
        name=say.name or None,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )


def stamp_style(stamp: bytes | None) -> StaticStampStyle | None:
    """A stamp that fills its field edge to edge; none where nothing is to be seen."""
    if stamp is None:
        return StaticStampStyle(border_width=0)
    whole = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
    )
    return StaticStampStyle(border_width=0, background=_PageInMemory(stamp), background_layout=whole)


class _PageInMemory(ImportedPdfPage):
    """A page of a PDF that lies in no file."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(file_name="")  # type: ignore[no-untyped-call]
        self.pdf = pdf

    def render(self) -> bytes:
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf)))
        self.resources.xobject["/Stamp"] = drawn
        left, bottom, right, top = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Stamp Do"


def _signed(
    writer: Addition,
    said: PdfSignatureMetadata,
    identity: Identity,
    at: datetime | None,
    times: Times | None,
    stamp: bytes | None = None,
) -> bytes:
    stamper = times.stamper if times else None
    style = stamp_style(stamp)
    pdf_signer = DatedSigner(said, identity.signer(), timestamper=stamper, stamp_style=style, at=at)
    # Room is reckoned ahead: pyHanko would measure it by signing twice. It counts hexadecimal digits.
    room = ROOM + (STAMP_ROOM if times else 0) + sum(map(len, map(der, (identity.certificate, *identity.chain))))
    sign_pdf = partial(pdf_signer.sign_pdf, writer, existing_fields_only=True, bytes_reserved=2 * room)
    out: BytesIO = aside.run(sign_pdf)
    if times is None or not times.long_term:
        return out.getvalue()
    made = lasting.make_last(out.getvalue(), said.field_name, times.stamper, times.context)
    return aside.run(lambda: asyncio.run(made))


class DatedSigner(PdfSigner):
    """A signer who can say another time than now."""

    def __init__(self, *given: Any, at: datetime | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.at = at

    def init_signing_session(self, *given: Any, **more: Any) -> Any:
        session = super().init_signing_session(*given, **more)
        if self.at is not None:
            session.system_time = self.at
        return session


def _heights(reader: PdfFileReader) -> list[float]:
    count = int(reader.root["/Pages"]["/Count"])
    return [float(reader.find_page_for_modification(n)[0].get_object()["/MediaBox"][3]) for n in range(count)]

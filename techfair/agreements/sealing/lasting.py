"""Adding to a file made for archives (PDF/A-3, ISO 19005-3) so that it stays one, and what makes signatures last.

The library would write the metadata anew with each signature, without the prefixes that 6.6.2.3 prescribes, and call
a file PDF 2.0 (6.1.2 wants 1.7) for keys on the curves of ISO 32002. Neither is needed: PAdES is declared as an
extension of PDF 1.7, and the metadata tell of the text, which no signature changes.
"""

from io import BytesIO

from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko.sign.validation.dss import collect_validation_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

NEWEST = (1, 7)


class Addition(IncrementalPdfFileWriter):
    """One more version of a PDF/A file, after all the bytes that it has."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, NEWEST))  # type: ignore[no-untyped-call]

    def register_extension(self, ext: DeveloperExtension) -> None:
        if ext.base_version == "/1.7":
            super().register_extension(ext)

    def _update_meta(self) -> None:
        """Leave the metadata as they are."""


async def make_last(pdf: bytes, field: str | None, stamper: TimeStamper, context: ValidationContext) -> bytes:
    """The file with what its newest signature is checked by, and a time stamp over the whole: PAdES B-LTA."""
    reader = PdfFileReader(BytesIO(pdf))
    signature = next(one for one in reader.embedded_signatures if one.field_name == field)
    writer, out = Addition(pdf), BytesIO()
    await _store(writer, signature, context)
    await PdfTimeStamper(stamper).async_timestamp_pdf(writer, "sha256", output=out)
    return out.getvalue()


async def _store(writer: Addition, signature: EmbeddedPdfSignature, context: ValidationContext) -> None:
    paths = await collect_validation_info(signature, context)
    named = signature.pkcs7_content.hex().encode("ascii")
    DocumentSecurityStore.supply_dss_in_writer(writer, named, paths=paths, validation_context=context)

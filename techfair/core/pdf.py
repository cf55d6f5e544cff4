"""Documents as PDF/A-3b: a Typst template of ours, data of anyone's, the same bytes every time.

Data goes in as JSON and stays text: nothing that a person typed is ever read as a command. Only the fonts in
``techfair/fonts`` are used, so a document looks the same on every machine.
"""

import json
import re
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import typst
from flask_babel import lazy_gettext as _l

from techfair.core import clock
from techfair.core.refusal import InputRefused

PACKAGE = Path(__file__).parent.parent
FONTS = PACKAGE / "fonts"
MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
STAND_IN = "\u25a1"  # □
MOST_TRIES = 5


class DocumentWarning(UserWarning):
    """A document came out, but not as its template means it, such as in another font."""


class TextNotPrintable(InputRefused):
    """No font of ours has some letters of the data; ``letters`` are those."""

    def __init__(self, letters: Sequence[str]) -> None:
        message = _l("These characters cannot be printed: %(letters)s. Leave them out.", letters=" ".join(letters))
        super().__init__("not_printable", message)
        self.letters = tuple(letters)


@dataclass(frozen=True)
class Attachment:
    """A file carried inside a document, for example the agreement as data."""

    name: str
    content: bytes
    mime_type: str
    description: str


@dataclass(frozen=True)
class SignaturePlace:
    """Where a template leaves room for a signature: points from the page's upper left corner."""

    key: str
    page: int
    x: float
    y: float
    width: float
    height: float


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    attachments: Sequence[Attachment] = (),
    at: datetime | None = None,
    replace_missing: bool = False,
) -> bytes:
    """The PDF of ``templates/documents/TEMPLATE.typ`` with ``data`` (whatever JSON can say).

    The same data, attachments and moment ``at`` (by default now) give the same bytes. Raises TextNotPrintable
    for letters that no font has, unless ``replace_missing`` puts a □ for each: for a badge among thousands,
    not for what is signed.
    """
    inputs = _inputs(data, attachments)
    for _ in range(MOST_TRIES):
        try:
            return _compiled(template, inputs, at or clock.now())
        except typst.TypstError as error:
            letters = _missing_letters(error.diagnostic)
            if not letters:
                raise
            if not replace_missing:
                raise TextNotPrintable(letters) from error
            inputs["data"] = _without(inputs["data"], letters)
    raise TextNotPrintable(letters)


def render_apart(template: str, data: Mapping[str, Any], *, replace_missing: bool = False) -> bytes:
    """The same from a forked process of its own: Typst forgets nothing that it made, and the process takes it along.

    For many documents in turn, by a process that itself has printed nothing and runs nothing else.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as once:
        return once.submit(render, template, data, replace_missing=replace_missing).result()


def pictures(template: str, data: Mapping[str, Any], *, ppi: int = 120) -> list[bytes]:
    """The pages that ``render`` makes of the same data, as PNG pictures for the screen."""
    made: Any = _compiler(template, _inputs(data, ())).compile(format="png", ppi=ppi)
    return made if isinstance(made, list) else [made]


def signature_places(template: str, data: Mapping[str, Any]) -> list[SignaturePlace]:
    """Where the signatures go in the PDF that ``render`` makes of the same data."""
    compiler = _compiler(template, _inputs(data, ()))
    return [SignaturePlace(**place) for place in json.loads(compiler.query("<signature-place>", field="value"))]


def _inputs(data: Mapping[str, Any], attachments: Sequence[Attachment]) -> dict[str, str]:
    files = [
        {
            "name": file.name,
            "content": list(file.content),
            "mime_type": file.mime_type,
            "description": file.description,
        }
        for file in attachments
    ]
    return {"data": json.dumps(data, ensure_ascii=False), "attachments": json.dumps(files)}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _documents() -> Path:
    inside = PACKAGE / "templates"  # where the wheel carries them; a checkout has them beside the package
    return (inside if inside.is_dir() else PACKAGE.parent / "templates") / "documents"


def _compiler(template: str, inputs: dict[str, str]) -> typst.Compiler:
    folder = _documents()
    return typst.Compiler(folder / f"{template}.typ", root=folder, font_paths=_fonts(), sys_inputs=inputs)


def _compiled(template: str, inputs: dict[str, str], at: datetime) -> bytes:
    compiler = _compiler(template, inputs)
    pdf, found = compiler.compile_with_warnings(format="pdf", pdf_standards=["a-3b"], timestamp=int(at.timestamp()))
    for warning in found:
        warnings.warn(f"{template}: {warning.message}", DocumentWarning, stacklevel=1)
    assert isinstance(pdf, bytes)  # noqa: S101 - one document, not one picture a page
    return pdf


def _missing_letters(diagnostic: str) -> list[str]:
    """The letters that Typst names as missing, as they stand in the data."""
    return sorted({ESCAPED.sub(_unescaped, text) for text in MISSING.findall(diagnostic)})


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def _without(data: str, letters: Sequence[str]) -> str:
    for letter in sorted(letters, key=len, reverse=True):
        data = data.replace(json.dumps(letter, ensure_ascii=False)[1:-1], STAND_IN)
    return data

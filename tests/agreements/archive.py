"""Whether a file is PDF/A-3b by another's judgement: pikepdf's validator, which goes by veraPDF's rules.

It judges everything but what it does not know: the fields and dictionaries of signatures, embedded files, whether the
set of letters of a font is told whole, a matrix inside Chinese, Japanese and Korean fonts, the metadata's own
extensions. These are looked at here by the same rules (ISO 19005-3) and taken out before it looks; stamps stay, as
annotations of a kind that it knows.
"""

import re
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, pdfa

SIGNATURES = ("/AcroForm", "/Perms", "/DSS", "/Extensions")
EXTENDED = re.compile(
    r"<(pdfaExtension:schemas|xmpMM:History|xmpTPg:NPages)>.*</\1>|xmlns:(pdfa(Extension|Schema|Property)|xmpTPg)=\"[^\"]*\"",
    re.DOTALL,
)
UNJUDGED = ("/CIDSet on a CIDFontType2 subset is not checked", "CIDFontType0: CFF FDArray FontMatrix is not supported")


def faults(pdf: bytes) -> list[str]:
    """What keeps a file from being PDF/A-3b."""
    with pikepdf.open(BytesIO(pdf)) as file:
        found = [*_of_catalogue(file), *_of_attached(file), *_of_fields(file), *_of_fonts(file)]
        _take_out(file)
        file.save(rest := BytesIO())
    rest.seek(0)
    return found + [str(one) for one in pdfa.validate_written(rest, "3b").findings if one.message not in UNJUDGED]


def _of_catalogue(file: pikepdf.Pdf) -> list[str]:
    told = file.Root.Metadata.read_bytes().decode()
    checks = {
        "6.1.2 newer than PDF 1.7": str(file.Root.get("/Version", "/1.7")) == "/1.7",
        "6.6.4 no PDF/A-3b by its own word": "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B<" in told,
        "6.1.11 permissions beside signatures": _keys(file, "/Perms") <= {"/DocMDP", "/UR3"},
        "6.5.1 names for more than files": _keys(file, "/Names") <= {"/EmbeddedFiles"},
    }
    return [fault for fault, holds in checks.items() if not holds]


def _keys(file: pikepdf.Pdf, name: str) -> set[str]:
    return set(file.Root.get(name, Dictionary()).keys())


def _of_attached(file: pikepdf.Pdf) -> list[str]:
    """6.8: each has names, a kind, a relationship, and belongs to the document."""
    if "/Names" not in file.Root:
        return []
    given = file.Root.Names.EmbeddedFiles.Names
    named = [given[n] for n in range(1, len(given), 2)]
    of_document = {one.objgen for one in file.Root.AF}
    right = [
        {"/F", "/UF", "/AFRelationship"} <= set(one.keys()) and "/Subtype" in one.EF.F and one.objgen in of_document
        for one in named
    ]
    return [] if all(right) else ["6.8 an embedded file is not told in full"]


def _of_fields(file: pikepdf.Pdf) -> list[str]:
    """6.4: signatures and nothing else, each drawn by its own appearance, nothing that acts."""
    if "/AcroForm" not in file.Root:
        return []
    form = file.Root.AcroForm
    acts = [key for one in form.Fields for key in ("/A", "/AA") if key in one]
    checks = {
        "6.4.2 XFA": "/XFA" not in form,
        "6.4.1 readers draw fields": not form.get("/NeedAppearances", False),
        "6.4.1 a field acts": not acts,
        "6.4.3 fields beside signatures": all(Name.Sig == one.FT for one in form.Fields),
    }
    return [fault for fault, holds in checks.items() if not holds]


def _of_fonts(file: pikepdf.Pdf) -> list[str]:
    """6.2.11.4.2: where a font tells its letters, it tells all."""
    told = [one for one in file.objects if isinstance(one, Dictionary) and {"/CIDSet", "/FontFile2"} <= set(one.keys())]
    return ["6.2.11.4.2 a set of letters is not whole" for one in told if not _tells_all(one)]


def _tells_all(font: pikepdf.Object) -> bool:
    count = TTFont(BytesIO(font.FontFile2.read_bytes()))["maxp"].numGlyphs
    bits = "".join(f"{byte:08b}" for byte in font.CIDSet.read_bytes())
    return bits[:count] == "1" * count


def _take_out(file: pikepdf.Pdf) -> None:
    for key in (*SIGNATURES, "/AF", "/Names"):
        if key in file.Root:
            del file.Root[key]
    told = file.Root.Metadata.read_bytes().decode()
    file.Root.Metadata.write(EXTENDED.sub("", told).encode())
    for page in file.pages:
        for one in page.get("/Annots", []):
            kept = {key: value for key, value in one.items() if key in {"/Type", "/Rect", "/F", "/AP"}}
            for key in list(one.keys()):
                del one[key]
            for key, value in {**kept, "/Subtype": Name.Stamp}.items():
                one[key] = value

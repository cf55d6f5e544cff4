"""What a file in hand is found to be: whole, incomplete, changed, forged, or none of ours."""

import hashlib
import random
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from techfair.agreements.sealing import making, ranges, verifying
from techfair.agreements.sealing.findings import Report, Trust
from tests.agreements.sealing import pki
from tests.agreements.sealing.pki import DAY, NOW, SAY

CASES = Path(__file__).parent.parent.parent / "cases"
pytestmark = pytest.mark.same_everywhere
name = generic.pdf_name
Update = Callable[[IncrementalPdfFileWriter], None]


def look(pdf: bytes, trust: Trust | None = None, at=NOW + timedelta(minutes=1)) -> Report:
    return verifying.verify(pdf, trust or pki.trust(), at)


def updated(pdf: bytes, update: Update) -> bytes:
    """A PDF with an incremental update, as a viewer or a forger saves it."""
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    update(writer)
    writer.write(out)
    return out.getvalue()


def page(writer: IncrementalPdfFileWriter, number: int = 0) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][number]


def test_a_finished_document_is_good_and_every_signature_is_told() -> None:
    report = look(pki.finished())
    assert (report.verdict, report.missing) == ("good", ())
    assert [one.field for one in report.findings] == ["Certification", "PartyA", "PartyB", "Seal"]
    assert [one.covers for one in report.findings] == ["version"] * 3 + ["whole"]
    assert report.findings[1].chain == ("Người ký thử", "Thử nghiệm CA")


def test_a_document_without_its_last_signatures_is_incomplete() -> None:
    before_seal = pki.finished()[: pki.finished()[:-8].rindex(b"%%EOF") + 6]
    assert (look(before_seal).verdict, look(before_seal).missing) == ("incomplete", ("Seal",))
    assert look(pki.signed(pki.blank())).missing == ("PartyA", "PartyB", "Seal")


def test_every_changed_byte_is_caught_by_a_signature_or_by_the_digest_of_the_finished_file() -> None:
    pdf, chance, silent = pki.finished(), random.Random(8), []
    caught = []
    kept, places = hashlib.sha256(pdf).hexdigest(), chance.sample(range(len(pki.finished())), 1000)
    assert ranges.last_digest_holds(pdf)
    for place in places:
        changed = pdf[:place] + bytes([pdf[place] ^ (1 << chance.randrange(8))]) + pdf[place + 1 :]
        assert hashlib.sha256(changed).hexdigest() != kept
        if ranges.last_digest_holds(changed):
            silent.append(place)
        else:
            caught.append(changed)
    gap = list(re.finditer(rb"<[0-9A-Fa-f]{4000,}>", pdf))[-1]
    assert all(gap.start() <= place < gap.end() for place in silent)  # nothing but the last signature itself
    assert all(look(changed).verdict != "good" for changed in chance.sample(caught, 6))


def add_note(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject({name("/Type"): name("/Annot"), name("/Subtype"): name("/FreeText")})
    note[name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (70, 690, 300, 720)))
    note[name("/Contents")] = generic.TextStringObject("120 tỷ đồng")
    page(writer)[name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page(writer))


def replace_words(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack "replace": the font's letters are exchanged, the words stay the same."""
    font = page(writer)["/Resources"]["/Font"]["/F1"]
    font[name("/BaseFont")] = name("/Symbol")
    writer.update_container(font)


def hide_cover(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack "hide": what lay over the words when they were signed is taken away."""
    shown = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (120 ty dong) Tj ET")
    page(writer)[name("/Contents")] = writer.add_object(shown)
    writer.update_container(page(writer))


def swap_document(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack "hide and replace": the catalogue turns to pages that lay hidden in the signed file."""
    hidden = generic.DictionaryObject(dict(page(writer)))
    hidden_ref = writer.add_object(hidden)
    count = generic.NumberObject(1)
    tree = {name("/Type"): name("/Pages"), name("/Kids"): generic.ArrayObject([hidden_ref]), name("/Count"): count}
    writer.root[name("/Pages")] = writer.add_object(generic.DictionaryObject(tree))
    writer.update_root()


@pytest.mark.parametrize("update", [add_note, replace_words, hide_cover, swap_document])
def test_what_is_added_hidden_or_replaced_after_signing_is_told_first(update: Update) -> None:  # K106
    report = look(updated(pki.finished(), update))
    assert report.verdict == "changed_after"
    assert all(one.is_intact for one in report.findings)
    assert look(updated(pki.signed(pki.blank(), "PartyA"), update)).verdict == "changed_after"  # also halfway


@pytest.mark.parametrize(
    "numbers",
    ["0 0 0 0", "0 {length} {length} 0", "0 -1 9 9", "0 900 300 99"],
    ids=["nothing", "all", "negative", "over"],
)
def test_a_signature_that_covers_nothing_is_never_valid(numbers: str) -> None:  # K104
    pdf = pki.signed(pki.blank(), "PartyA")
    found = re.search(rb"/ByteRange\s*\[[^\]]+\]", pdf[-3000:])
    found = found or list(re.finditer(rb"/ByteRange\s*\[[^\]]+\]", pdf))[-1]
    text = f"/ByteRange [{numbers.format(length=len(pdf))}]".encode().ljust(len(found[0]))
    assert look(pdf.replace(found[0], text)).verdict == "changed"


def test_a_file_saved_anew_by_another_program_is_not_called_forged() -> None:  # K072
    out = BytesIO()
    pikepdf.open(BytesIO(pki.finished())).save(out, linearize=True)
    assert look(out.getvalue()).verdict == "rewritten"


def encrypted() -> bytes:
    out = BytesIO()
    pikepdf.open(BytesIO(pki.blank())).save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def anothers() -> bytes:
    """A PDF that somebody else signed by a certificate that we believe."""
    places = [making.Place("Signature1", 1, 80, 80, 100, 50)]
    return making.sign(making.certify(pki.blank(), places, pki.issue("Ai đó"), SAY), "Signature1", pki.issue("B"), SAY)


@pytest.mark.parametrize(
    ("make", "verdict"),
    [
        (lambda: b"GIF89a", "not_a_pdf"),
        (lambda: pki.finished()[:3000], "corrupt"),
        (encrypted, "encrypted"),
        (pki.blank, "unsigned"),
        (anothers, "not_ours"),
    ],
    ids=["picture", "broken off", "locked", "unsigned", "another's"],
)
def test_what_is_none_of_ours_is_called_by_its_name(make: Callable[[], bytes], verdict: str) -> None:
    assert look(make()).verdict == verdict


def test_a_file_of_two_minds_about_its_objects_is_not_signed() -> None:  # K071
    assert look((CASES / "hybrid_xref.pdf").read_bytes()).verdict == "unsigned"


def test_a_forger_s_own_authority_is_not_believed() -> None:
    assert look(pki.finished(), Trust(())).verdict == "unknown_issuer"


def test_a_certificate_on_the_authority_s_list_is_withdrawn_but_not_one_withdrawn_later() -> None:
    signer = pki.issue("Bị thu hồi")
    pdf = pki.signed(pki.blank(), "PartyA", by=signer)
    assert look(pdf, pki.trust(pki.withdrawn_list(signer, NOW - DAY))).verdict == "withdrawn"
    stamped = pki.signed(pki.blank(), "PartyA", by=signer, times=pki.times(NOW - DAY))
    assert look(stamped, pki.trust(pki.withdrawn_list(signer, NOW - timedelta(hours=1)))).verdict == "incomplete"


def test_a_certificate_for_something_else_does_not_sign() -> None:
    signer = pki.issue("Máy chủ", NOW - DAY, 365, ExtendedKeyUsageOID.SERVER_AUTH)
    assert look(pki.signed(pki.blank(), "PartyA", by=signer)).verdict == "wrong_purpose"


def test_after_a_certificate_ran_out_a_time_stamp_proves_that_it_held_then() -> None:  # K105
    signer, then = pki.issue("Hết hạn", NOW - 400 * DAY, 365), NOW - 100 * DAY
    say = making.Say("Ký", SAY.location, at=then)
    settled = making.certify(pki.blank(), pki.PLACES, pki.issue("Ban tổ chức"), SAY)
    plain = look(making.sign(settled, "PartyA", signer, say))
    assert (plain.verdict, plain.findings[-1].is_intact) == ("time_claimed", True)
    stamped = look(making.sign(settled, "PartyA", signer, say, times=pki.times(then)))
    assert (stamped.verdict, stamped.findings[-1].stamped_at, stamped.findings[-1].level) == ("incomplete", then, "B-T")


def test_long_term_data_after_the_seal_are_permitted() -> None:  # K108
    pdf = making.sign(
        pki.signed(pki.blank(), "PartyA", "PartyB"), "Seal", pki.issue("Dấu"), SAY, times=pki.times(NOW, long_term=True)
    )
    report = look(pdf)
    assert (report.verdict, report.findings[-1].kind) == ("good", "timestamp")
    assert {one.field: one.level for one in report.findings}["Seal"] == "B-LTA"

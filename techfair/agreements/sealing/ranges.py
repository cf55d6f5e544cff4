"""Which bytes a signature covers, read from the file itself: two stretches with nothing but the signature between.

A file cannot be trusted to say so: a range of nothing, one that overlaps, or one that leaves more than the
signature out is refused here before anything else is asked (cases of "universal signature forgery").
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from asn1crypto import cms, parser

RANGE = re.compile(rb"/ByteRange\s*\[\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s*\]")
CONTENTS = re.compile(rb"<[0-9A-Fa-f]+>")


@dataclass(frozen=True)
class Covered:
    """Two stretches of a file: from the start to ``first``, and ``last`` bytes from ``second`` on."""

    first: int
    second: int
    last: int

    @property
    def end(self) -> int:
        return self.second + self.last

    def digest(self, pdf: bytes) -> bytes:
        return sha256(memoryview(pdf)[: self.first].tobytes() + pdf[self.second : self.end]).digest()


def covered(pdf: bytes, numbers: list[int]) -> Covered | None:
    """The stretches that a signature's range names; none where it does not cover all but the signature."""
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers[1:]) <= 0:
        return None
    found = Covered(*numbers[1:])
    if not found.first < found.second or found.end > len(pdf):
        return None
    return found if CONTENTS.fullmatch(pdf, found.first, found.second) else None


def last_digest_holds(pdf: bytes) -> bool:
    """Whether the bytes under the last signature still have the digest that it names: a quick first look.

    It does not say who signed; a file whose ranges cannot be read does not hold.
    """
    numbers = [[int(number) for number in found] for found in RANGE.findall(pdf)]
    ranges = [one for one in (covered(pdf, four) for four in numbers) if one is not None]
    if not ranges or len(ranges) < len(numbers):
        return False
    last = max(ranges, key=lambda one: one.end)
    return last.end == len(pdf) and last.digest(pdf) == _named_digest(pdf, last)


def _named_digest(pdf: bytes, place: Covered) -> bytes:
    """The digest in the signed attributes of a signature; nothing where it cannot be read."""
    try:
        raw = bytes.fromhex(pdf[place.first + 1 : place.second - 1].decode("ascii"))
        length = parser.peek(raw)
        signed = cms.ContentInfo.load(raw[:length])["content"]
        if signed["encap_content_info"]["content_type"].native == "tst_info":
            imprint = signed["encap_content_info"]["content"].parsed["message_imprint"]
            return bytes(imprint["hashed_message"].native)
        named = signed["signer_infos"][0]["signed_attrs"]
        return next(bytes(one["values"][0].native) for one in named if one["type"].native == "message_digest")
    except Exception:  # asn1crypto raises whatever a broken file makes it raise
        return b""

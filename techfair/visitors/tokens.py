"""The badge's token: what it says about the badge, signed, as 113 letters and digits.

Nine bytes of payload and the 64 bytes of an Ed25519 signature (RFC 8032) over a context and the payload are
one big number, written in base 36 with zeros in front. So a QR code of version 6 holds it beside a host
name of 30 characters, and a gate without network can verify it with the public key alone.

    byte 0     version (high four bits) and number of the fair's key (low four)
    bytes 1-2  number of the fair
    bytes 3-6  number of the badge
    bytes 7-8  kind of the registration (high four bits), how often the badge was reprinted (low twelve)
"""

import hmac
import re
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask_babel import lazy_gettext as _l

from techfair.core.refusal import InputRefused

VERSION = 1
CONTEXT = b"techfair badge\x00"  # a signature of this key over anything else is not one of a badge

LENGTH = 113  # of the largest number of 73 bytes in base 36
FORM = re.compile(f"[0-9A-Z]{{{LENGTH}}}")
BYTES = struct.Struct(">BHIH")
SIGNATURE_BYTES = 64
TOKEN_BYTES = BYTES.size + SIGNATURE_BYTES
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class TokenRefused(InputRefused):
    """A text that is no token of ours (unknown_code), or whose signature does not hold (bad_signature)."""


@dataclass(frozen=True)
class BadgePayload:
    """What the token says; all numbers are those of the database or small codes agreed on elsewhere."""

    fair: int
    badge: int
    kind: int = 0
    reprint: int = 0
    key: int = 0

    def to_bytes(self) -> bytes:
        """Nine bytes; raises ValueError for a number that does not fit its place, which is never cut."""
        places = ((self.key, 4), (self.fair, 16), (self.badge, 32), (self.kind, 4), (self.reprint, 12))
        if any(not 0 <= number < 2**bits for number, bits in places):
            raise ValueError(f"does not fit a token: {self}")
        return BYTES.pack(VERSION << 4 | self.key, self.fair, self.badge, self.kind << 12 | self.reprint)

    @classmethod
    def from_bytes(cls, data: bytes) -> "BadgePayload":
        version_and_key, fair, badge, kind_and_reprint = BYTES.unpack(data)
        if version_and_key >> 4 != VERSION:
            raise _unknown()
        return cls(fair, badge, kind_and_reprint >> 12, kind_and_reprint & 0xFFF, version_and_key & 0xF)


def sign(private_key: Ed25519PrivateKey, payload: BadgePayload) -> str:
    """The token of a badge; the same badge always has the same token (Ed25519 is deterministic)."""
    data = payload.to_bytes()
    return _written(data + private_key.sign(CONTEXT + data))


def verify(public_key: Ed25519PublicKey, token: str) -> BadgePayload:
    """What a token says, once the signature holds; raises TokenRefused (unknown_code, bad_signature)."""
    data, signature = _split(token)
    payload = BadgePayload.from_bytes(data)
    try:
        public_key.verify(signature, CONTEXT + data)
    except InvalidSignature as error:
        raise _forged() from error
    return payload


def recognise(private_key: Ed25519PrivateKey, token: str) -> BadgePayload:
    """What ``verify`` answers under this key's public half, in a third of the time, where the private one is at hand.

    The signature is made anew and compared: of the same bytes there is one alone (RFC 8032, 5.1.6).
    """
    data, signature = _split(token)
    payload = BadgePayload.from_bytes(data)
    if not hmac.compare_digest(private_key.sign(CONTEXT + data), signature):
        raise _forged()
    return payload


def claimed(token: str) -> BadgePayload:
    """What a token says without any proof: only to choose the key to verify with; raises TokenRefused."""
    return BadgePayload.from_bytes(_split(token)[0])


def _written(data: bytes) -> str:
    number, signs = int.from_bytes(data), []
    for _ in range(LENGTH):
        number, digit = divmod(number, 36)
        signs.append(SIGNS[digit])
    return "".join(reversed(signs))


def _split(token: str) -> tuple[bytes, bytes]:
    # int() alone would also take lower case, underscores and blanks: one badge, many tokens.
    if not FORM.fullmatch(token) or (number := int(token, 36)) >= 256**TOKEN_BYTES:
        raise _unknown()
    data = number.to_bytes(TOKEN_BYTES)
    return data[: BYTES.size], data[BYTES.size :]


def _forged() -> TokenRefused:
    return TokenRefused("bad_signature", _l("This badge was not issued here."))


def _unknown() -> TokenRefused:
    return TokenRefused("unknown_code", _l("This is not the code of a badge."))

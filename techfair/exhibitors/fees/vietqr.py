"""The code that a banking app reads to fill in a transfer.

EMVCo's merchant-presented QR code with the fields that NAPAS gives to transfers to an account (VietQR): 38 holds the
bank and the account, 54 the amount, 62.08 the reference, 63 a checksum over all that stands before it.
"""

import re
from binascii import crc_hqx

from techfair.core.vietnamese import unaccented

LONGEST_REFERENCE = 25
NAPAS, TRANSFER_TO_ACCOUNT = "A000000727", "QRIBFTTA"
DONG, VIET_NAM = "704", "VN"  # ISO 4217 and ISO 3166


def payload(bank: str, account: str, amount: int, reference: str) -> str:
    """What the code says: pay ``amount`` đồng to the account at the bank (its NAPAS number), with the reference.

    A banking app changes neither; the reference goes through ``plain`` first. Raises ValueError for an amount that
    is not positive.
    """
    if amount <= 0:
        raise ValueError("nothing to pay")
    beneficiary = _field("00", bank) + _field("01", account)
    transfer = _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TRANSFER_TO_ACCOUNT)
    whole = "".join(
        (
            _field("00", "01"),
            _field("01", "12"),  # for one payment, as an amount is in it
            _field("38", transfer),
            _field("53", DONG),
            _field("54", str(amount)),
            _field("58", VIET_NAM),
            _field("62", _field("08", plain(reference))),
            "6304",
        )
    )
    return f"{whole}{crc_hqx(whole.encode(), 0xFFFF):04X}"


def plain(reference: str) -> str:
    """The reference in capitals and digits without accents, which every bank carries, at most 25 of them."""
    kept = re.sub(r"[^A-Z0-9 ]", "", unaccented(reference).upper())
    return " ".join(kept.split())[:LONGEST_REFERENCE].strip()


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"

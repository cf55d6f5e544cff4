"""The code that fills in a transfer, read back by the fields of EMVCo's standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techfair.exhibitors.fees import vietqr

pytestmark = pytest.mark.same_everywhere


def fields(code: str) -> dict[str, str]:
    """Tag to value: two digits each of tag and length, then as many characters."""
    read = {}
    while code:
        tag, length = code[:2], int(code[2:4])
        read[tag], code = code[4 : 4 + length], code[4 + length :]
        assert len(read[tag]) == length
    return read


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE bit by bit, as the standard describes it."""
    register = 0xFFFF
    for byte in text.encode():
        register ^= byte << 8
        for _ in range(8):
            register = ((register << 1) ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def test_a_booth_fee_is_read_back_whole() -> None:  # K127
    code = vietqr.payload("970436", "0011001234567", 5_500_000, "Phí gian hàng A-12 – Đắk Lắk")
    read = fields(code)
    assert read["54"] == "5500000"
    assert (read["53"], read["58"], read["01"]) == ("704", "VN", "12")
    assert fields(read["62"]) == {"08": "PHI GIAN HANG A12 DAK LAK"}
    transfer = fields(read["38"])
    assert (transfer["00"], transfer["02"]) == ("A000000727", "QRIBFTTA")
    assert fields(transfer["01"]) == {"00": "970436", "01": "0011001234567"}
    assert read["63"] == checksum(code[:-4])


def test_the_checksum_is_that_of_the_standards_example() -> None:
    assert checksum("123456789") == "29B1"


@given(st.integers(1, 10**13), st.text(max_size=80))
def test_whatever_the_reference_every_bank_can_read_it(amount: int, reference: str) -> None:
    code = vietqr.payload("970418", "12345678", amount, reference)
    read = fields(code)
    told = fields(read["62"])["08"]
    assert len(told) <= 25
    assert told == "" or (told.isascii() and told.replace(" ", "").isalnum())
    assert int(read["54"]) == amount
    assert read["63"] == checksum(code[:-4])


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_no_amount_to_pay(amount: int) -> None:
    with pytest.raises(ValueError, match="nothing to pay"):
        vietqr.payload("970436", "0011001234567", amount, "A12")

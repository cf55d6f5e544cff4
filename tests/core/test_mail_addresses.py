import pytest
from hypothesis import given
from hypothesis import strategies as some

from techfair.core.mail_addresses import MailAddress, MailAddressRefused, parse_mail_address


def test_an_address_is_shown_as_typed_and_compared_without_case():
    assert parse_mail_address(" NGUYEN.Van+fair@Example.VN ") == MailAddress(
        "NGUYEN.Van+fair@Example.VN", "nguyen.van+fair@example.vn"
    )


def test_dots_and_plus_parts_name_other_people():
    same = parse_mail_address("nguyen.van+fair@example.vn").compared
    assert parse_mail_address("NGUYEN.Van+fair@Example.VN").compared == same
    assert parse_mail_address("nguyenvan@example.vn").compared != same


def test_a_domain_in_own_letters_is_compared_in_its_wire_form():
    assert parse_mail_address("ban@hộichợ.vn").compared == parse_mail_address("BAN@HỘICHỢ.vn").compared


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("tung", "not_an_address"),
        ("tung@", "not_an_address"),
        ("tung@vn", "not_an_address"),
        ("tung@a..vn", "not_an_address"),
        ("tung@example.vn, lan@example.vn", "not_an_address"),
        ("tùng@example.vn", "accents"),
        ("x@fair.test", "not_an_address"),
        ("x" * 250 + "@example.vn", "not_an_address"),
        ("a\r\nBcc: b@example.vn", "not_an_address"),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(typed, reason):
    with pytest.raises(MailAddressRefused) as refused:
        parse_mail_address(typed)
    assert refused.value.reason == reason


def test_an_address_that_never_exists_is_taken_where_tests_allow_it():
    assert parse_mail_address("x@fair.test", allow_test=True).compared == "x@fair.test"


@given(some.emails())
def test_case_never_makes_another_address(address):
    try:
        first = parse_mail_address(address)
    except MailAddressRefused:
        return
    assert parse_mail_address(address.upper()).compared == first.compared

"""Lists of an organizer stay inside a phone's width, whatever people typed into them."""

import pytest

from techfair.accounts.passwords import set_password
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors import registering
from techfair.visitors.registering import RegistrationInput
from tests.fixtures.accessibility import faults

pytestmark = pytest.mark.browser

LONG = "nguyen.thi.hong.anh.phong.quan.ly.cong.nghe@so-khoa-hoc-va-cong-nghe.example.vn"


def test_a_long_address_breaks_instead_of_widening_the_page(fair, organizer, phone):
    keys.create(fair)
    set_password(organizer, "mot-mat-khau-dai")
    registering.register(fair, RegistrationInput(full_name="Nguyễn Thị Hồng Ánh", email=LONG))
    email = organizer.email
    db.session.commit()
    phone.goto("/sign-in?next=/organizer/fairs/gia-lai/visitors")
    phone.locator("[name=email]").fill(email)
    phone.locator("[name=password]").fill("mot-mat-khau-dai")
    phone.locator("[name=password]").press("Enter")
    phone.get_by_text(LONG).wait_for()
    assert faults(phone) == []

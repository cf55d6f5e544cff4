"""An impatient thumb sends a form once, and the browser's back button gives a form that works."""

import pytest

from techfair.extensions import db
from techfair.fairs import keys

pytestmark = pytest.mark.browser


@pytest.fixture
def form(phone, fair):
    """The registration page, its fields filled."""
    keys.create(fair)
    db.session.commit()
    phone.goto("/fairs/gia-lai/register")
    phone.get_by_label("Họ và tên").fill("Trần Văn Tùng")
    phone.get_by_label("Thư điện tử hoặc số điện thoại").fill("tung@example.vn")
    return phone


def posts(page, deed):
    """How many times the page posts while the deed is done and until the next page stands."""
    seen = []
    page.on("request", lambda request: seen.append(request.url) if request.method == "POST" else None)
    deed()
    page.wait_for_url("**/me/")
    return len(seen)


def test_a_button_pressed_twice_sends_once(form):
    assert posts(form, lambda: form.get_by_role("button", name="Đăng ký").dblclick()) == 1


def test_the_form_that_the_back_button_brings_can_be_sent(form):
    form.get_by_role("button", name="Đăng ký").click()
    form.wait_for_url("**/me/")
    form.go_back()
    form.get_by_label("Họ và tên").fill("H'Bia Siu")
    assert posts(form, lambda: form.get_by_role("button", name="Đăng ký").click()) == 1

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


def test_a_second_press_while_the_first_is_on_its_way_sends_nothing(form):
    sent = []
    form.on("request", lambda request: sent.append(request.method))
    slow = {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": -1}
    form.context.new_cdp_session(form).send("Network.emulateNetworkConditions", slow)
    form.get_by_role("button", name="Đăng ký").dblclick(delay=100)
    form.wait_for_url("**/me/")
    assert sent.count("POST") == 1


def test_the_form_that_the_back_button_brings_can_be_sent(form):
    form.get_by_role("button", name="Đăng ký").click()
    form.wait_for_url("**/me/")
    form.go_back()
    form.get_by_label("Họ và tên").fill("H'Bia Siu")
    form.get_by_role("button", name="Đăng ký").click()
    form.wait_for_url("**/me/")
    form.get_by_role("heading", name="H'Bia Siu").wait_for()

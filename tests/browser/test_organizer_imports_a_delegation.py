"""A delegation of thirty comes by .xlsx with three bad cells: they are shown, the others get badges (issue's walk)."""

import pytest
from playwright.sync_api import expect

from techfair.accounts.passwords import set_password
from techfair.extensions import db
from techfair.fairs import keys
from techfair.visitors.models import Badge
from tests.fixtures.accessibility import faults
from tests.visitors.test_importing import delegation, xlsx

pytestmark = pytest.mark.browser

VISITORS = "/organizer/fairs/gia-lai/visitors"


@pytest.fixture
def list_of_thirty(tmp_path):
    rows = delegation()
    rows[3][2], rows[9][0], rows[20][4] = "khong-phai-thu", "", "hoàng đế"
    rows[5][1] = "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Bà Rịa - Vũng Tàu"
    file = tmp_path / "doan.xlsx"
    file.write_bytes(xlsx(*rows))
    return file


@pytest.fixture
def email(fair, organizer):
    keys.create(fair)
    set_password(organizer, "mot-mat-khau-dai")
    email = organizer.email
    db.session.commit()
    return email


@pytest.mark.parametrize("window", ["page", "phone"])
def test_a_delegation_of_thirty_with_three_bad_cells(request, window, email, list_of_thirty):
    page = request.getfixturevalue(window)
    page.goto(f"/sign-in?next={VISITORS}")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill("mot-mat-khau-dai")
    page.locator("[name=password]").press("Enter")
    page.get_by_role("link", name="Nhập danh sách").click()
    page.locator("[name=list]").set_input_files(list_of_thirty)
    assert faults(page) == []
    page.get_by_role("button", name="Xem trước danh sách").click()
    expect(page.get_by_role("main")).to_contain_text("27/30 dòng nhập được")
    expect(page.locator("td .error")).to_have_count(3)
    assert faults(page) == []
    page.get_by_role("button", name="Nhập 27 dòng hợp lệ").click()
    expect(page.get_by_role("heading", name="Nhập danh sách")).to_be_visible()
    expect(page.get_by_role("link", name="Xem danh sách đăng ký")).to_be_visible(timeout=20000)
    assert db.session.scalar(db.select(db.func.count(Badge.id))) == 27

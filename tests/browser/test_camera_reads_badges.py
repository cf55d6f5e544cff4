"""The camera of the scan page: what it reads, its light, and what helps where there is none."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from techfair.extensions import db
from techfair.visitors.gate_models import Scan
from techfair.visitors.models import Registration
from tests.fixtures.accessibility import faults
from tests.fixtures.browser import PHONE
from tests.fixtures.serving import within

pytestmark = pytest.mark.browser

HALL = "hall.test"
FAKE = "--use-fake-device-for-media-stream"
SCENES = {
    "Thẳng": (),
    "Nghiêng 45": ("--turn", 45),
    "Nghiêng 90": ("--turn", 90),
    "Ngược 180": ("--turn", 180),
    "Mờ": ("--blur", 3),
    "Nhỏ": ("--width", 0.12),
}
TORCH = """
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
  MediaStreamTrack.prototype.applyConstraints = async (asked) => void (window.asked ??= []).push(asked);
"""


def let_in():
    """Who was let in, by name."""
    people = db.select(Registration.full_name).join(Scan, Scan.registration_id == Registration.id)
    names = set(db.session.scalars(people.where(Scan.verdict == "admitted")))
    db.session.rollback()
    return names


def test_the_camera_reads_badges_upright_turned_blurred_and_small(launch_here, server, badge_pictures, film, join_code):
    pictures = badge_pictures(list(SCENES))
    shown = [(pictures[name], "--show", 4, "--blank", 0, "--turn", 0, *options) for name, options in SCENES.items()]
    browser = launch_here("--use-fake-ui-for-media-stream", FAKE, film(*shown))
    page = browser.new_context(viewport=PHONE, locale="vi-VN", base_url=server).new_page()
    page.goto(f"/gate/gia-lai#join={join_code}")
    within(45, lambda: len(let_in()) == len(SCENES))
    assert let_in() == set(SCENES)


@pytest.fixture
def settings(settings, port):
    """The server is also known by a name for which browsers want https."""
    return settings.model_copy(update={"base_url": f"http://{HALL}:{port}"})


@pytest.fixture
def cameras(launch_here, server):
    """Opens the scan page in a browser with a camera that is allowed, or not: ``cameras("camera")``."""
    browser = launch_here(FAKE, f"--host-resolver-rules=MAP {HALL} 127.0.0.1")

    def opened(*permissions, before="", address=server, code="", **options):
        context = browser.new_context(viewport=PHONE, locale="vi-VN", **options)
        context.grant_permissions(list(permissions))
        page = context.new_page()
        page.add_init_script(before)
        page.goto(f"{address}/gate/gia-lai#join={code}")
        page.get_by_text("Cổng A").wait_for()
        return page

    return opened


def verdict(page):
    shown = page.locator(".verdict:not([hidden])")
    shown.wait_for(timeout=8000)
    return shown.get_attribute("data-verdict")


def test_the_light_goes_on_and_off_and_a_phone_without_one_shows_no_button(cameras, join_code):
    page = cameras("camera", before=TORCH, code=join_code)
    light = page.get_by_role("button", name="Đèn")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    assert faults(page) == []
    light.click()
    expect(light).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("asked") == [{"advanced": [{"torch": True}]}, {"advanced": [{"torch": False}]}]


def test_a_camera_without_a_light_shows_no_button_for_it(cameras, join_code):
    page = cameras("camera", code=join_code)
    page.locator("[data-guide]").wait_for()
    expect(page.locator("[data-torch]")).to_be_hidden()


def test_a_camera_that_was_taken_away_comes_back_with_the_page(cameras, join_code):  # K025
    page = cameras("camera", code=join_code)
    page.locator("[data-guide]").wait_for()
    page.evaluate(
        """() => {
        for (const track of document.querySelector("video").srcObject.getTracks()) {
            track.stop();
            track.dispatchEvent(new Event("ended"));
        }
    }"""
    )
    page.get_by_role("heading", name="Máy ảnh đã bị ngắt").wait_for()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("[data-guide]").wait_for()
    assert page.evaluate("document.querySelector('video').srcObject.active")


def test_a_camera_that_is_not_allowed_is_named_and_a_picture_is_read_at_once(
    cameras, badge_pictures, join_code
):  # K025
    (picture,) = badge_pictures(["Khách"]).values()
    page = cameras(code=join_code)
    page.get_by_role("heading", name="Máy ảnh chưa được phép dùng").wait_for()
    assert faults(page) == []
    page.get_by_label("Đọc từ ảnh").set_input_files(picture)
    assert (verdict(page), let_in()) == ("admitted", {"Khách"})


def test_a_picture_without_a_code_is_said_to_have_none(cameras, join_code, tmp_path):
    empty = tmp_path / "empty.png"
    Image.new("RGB", (300, 300), (118, 122, 126)).save(empty)
    page = cameras(code=join_code)
    page.get_by_label("Đọc từ ảnh").set_input_files(empty)
    page.get_by_text("Không thấy mã nào trong ảnh này").wait_for()


def test_a_chat_app_is_told_to_open_a_browser(cameras, join_code):  # K025
    page = cameras(code=join_code, user_agent="Mozilla/5.0 (Linux; Android 12) Chrome/110 Mobile Zalo android/12")
    page.get_by_role("heading", name="Ứng dụng trò chuyện này không mở máy ảnh").wait_for()


def test_plain_http_in_the_hall_names_https_and_a_picture_is_read_at_once(
    cameras, badge_pictures, join_code, server
):  # K025
    (picture,) = badge_pictures(["Khách"]).values()
    page = cameras("camera", code=join_code, address=server.replace("127.0.0.1", HALL))
    page.get_by_role("heading", name="Địa chỉ này không mở được máy ảnh").wait_for()
    page.get_by_label("Đọc từ ảnh").set_input_files(picture)
    assert (verdict(page), let_in()) == ("admitted", {"Khách"})

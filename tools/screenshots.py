"""Take the README's pictures from a freshly loaded demo fair: python tools/screenshots.py docs/pictures"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FAIR = "gia-lai-2019"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}


@contextmanager
def demo_fair(instance: Path) -> Iterator[str]:
    """The address of a served demo fair in a folder of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {"TECHFAIR_INSTANCE": str(instance), "TECHFAIR_BASE_URL": address}
    techfair = [sys.executable, "-m", "techfair"]
    subprocess.run([*techfair, "migrate"], env=environment, check=True)
    subprocess.run([*techfair, "demo"], env=environment, check=True)
    server = subprocess.Popen([*techfair, "serve", "--bind", f"127.0.0.1:{port}"], env=environment)
    try:
        wait_until_ready(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


class Camera:
    """Opens windows on the fair and keeps pictures of them."""

    def __init__(self, browser: Browser, address: str, password: str, album: Path) -> None:
        self.browser, self.address, self.password, self.album = browser, address, password, album

    def window(self, size: dict[str, int], *, role: str | None = None, language: str = "vi-VN") -> Page:
        scale = 2 if size is PHONE else 1
        context = self.browser.new_context(
            viewport=size, locale=language, base_url=self.address, device_scale_factor=scale
        )
        page = context.new_page()
        if role:
            page.goto("/sign-in")
            page.locator("[name=email]").fill(f"{role}@example.vn")
            page.locator("[name=password]").fill(self.password)
            page.locator("main form button[type=submit], main form button:not([type])").first.click()
            page.wait_for_load_state()
        return page

    def keep(self, page: Page, name: str) -> None:
        page.evaluate("document.fonts.ready")
        picture = Image.open(BytesIO(page.screenshot(animations="disabled")))
        picture.save(self.album / f"{name}.webp", quality=88, method=6)


def public_fair(camera: Camera) -> None:
    for name, size, language in (("fair", DESK, "vi-VN"), ("fair-english", PHONE, "en-GB")):
        page = camera.window(size, language=language)
        page.goto(f"/fairs/{FAIR}/")
        camera.keep(page, name)


def visitor(camera: Camera) -> None:
    page = camera.window(PHONE)
    page.goto(f"/fairs/{FAIR}/register")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Ngọc Ánh")
    page.get_by_label("Thư điện tử hoặc số điện thoại").fill("ngoc.anh@example.vn")
    page.get_by_role("textbox", name="Đơn vị").fill("Hợp tác xã Nông nghiệp Ia Phí")
    camera.keep(page, "register")
    page.get_by_role("button", name="Đăng ký").click()
    page.wait_for_url("**/me/")
    camera.keep(page, "badge")


def steward(camera: Camera) -> None:
    codes = [sys.executable, "-m", "techfair", "visitors", "codes", FAIR, "--limit", "1"]
    code = subprocess.run(codes, capture_output=True, text=True, check=True).stdout.strip()
    page = camera.window(PHONE, role="steward")
    page.goto(f"/gate/{FAIR}?gate=A")
    page.locator("[data-code]").fill(code)
    page.keyboard.press("Enter")
    page.locator(".verdict:not([hidden])").wait_for()
    camera.keep(page, "scan")


def organizer(camera: Camera) -> None:
    page = camera.window(DESK, role="organizer")
    for name, path in (("today", ""), ("applications", "exhibitors"), ("report", "report")):
        page.goto(f"/organizer/fairs/{FAIR}/{path}")
        camera.keep(page, name)


# The organizer first: a scan of today would make Today show today.
SCENES: tuple[Callable[[Camera], None], ...] = (public_fair, organizer, visitor, steward)


def main(album: Path) -> None:
    album.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        instance = Path(folder)
        os.environ["TECHFAIR_INSTANCE"] = folder
        with demo_fair(instance) as address:
            os.environ["TECHFAIR_BASE_URL"] = address
            accounts = (instance / "demo-accounts.txt").read_text(encoding="utf-8")
            password = re.search(r"organizer@example\.vn\s+(\S+)", accounts)
            assert password, "demo-accounts.txt names no password"
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), chromium_sandbox=False)
            camera = Camera(browser, address, password[1], album)
            for scene in SCENES:
                scene(camera)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

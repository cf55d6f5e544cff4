"""What a scan costs on the device without network, and a day offline: 10,000 scans that then go up once each.

    python bench/device.py [--scans 10000]

Chromium shows the real scan page of a really served fair. From the code to the verdict on the screen is measured at
full pace and with the processor four times slower, as a cheap phone's. It fails where the slowest twentieth takes
more than 150 ms at either pace. Then the queue: writing it, opening the page again after the browser ended, and
sending it; it fails where the server stored another verdict than the device told.
"""

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from scans import fair, kept, serving
from sqlalchemy import select

from techfair import create_app
from techfair.demo import loading, source
from techfair.extensions import db
from techfair.settings import Settings
from techfair.visitors import devices
from techfair.visitors.gate_models import Gate, Scan

VERDICT_MS, SLOWER, MEASURED = 150, 4, 200
PHONE = {"width": 360, "height": 740}
PATIENCE = 600_000  # milliseconds

ONE_VERDICT = """async (code) => {
  const [field, screen] = ["[data-code]", "[data-verdict]"].map((name) => document.querySelector(name));
  screen.click();
  const shown = new Promise((done) => {
    const seen = new MutationObserver(() => !screen.hidden && requestAnimationFrame(() => (seen.disconnect(), done())));
    seen.observe(screen, { attributes: true });
  });
  const started = performance.now();
  field.value = code;
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await shown;
  return performance.now() - started;
}"""
KEPT = """async () => {
  while (!(await caches.match(location.pathname))) await new Promise((done) => setTimeout(done, 50));
}"""
A_DAY = """async ([slug, gate, codes, total]) => {
  const folder = document.querySelector("script[type=module][src*='gate/page']").src.replace(/page\\.js$/, "");
  const [{ Judge }, { Store }] = await Promise.all(["judge.js", "store.js"].map((name) => import(folder + name)));
  const [store, told, ends, midnight] = [Store.open(slug), {}, Date.now(), new Date().setHours(0, 0, 0, 0)];
  // Within one day: the server moves each time by what sending took, so near midnight it may mean another day.
  const opens = Math.max(ends - 8 * 3600e3, midnight + 60e3);
  for (let number = 0; number < total; number += 1) {
    const now = () => opens + (number * (ends - opens)) / total;
    const judge = new Judge({ store, server: null, network: { isUp: false }, now });
    const { verdict } = await judge.judge(codes[number % codes.length], gate);
    told[verdict] = (told[verdict] ?? 0) + 1;
  }
  return told;
}"""


def prepare(folder: Path) -> tuple[str, list[str]]:
    """A fair that lets people in today: the code to join gate A with, and the codes of badges."""
    _, codes = fair(folder, loading.VISITORS)
    app = create_app(Settings(instance=folder))
    with app.app_context():
        found = loading.loaded()
        assert found
        found.open_outside_dates = True
        gate = db.session.scalars(select(Gate).filter_by(fair_id=found.id, code="A")).one()
        _, join = devices.invite(found, [gate], "Bench", None)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return join, codes


@contextmanager
def phone(playwright: Any, profile: Path, address: str) -> Iterator[Any]:
    """A page in a browser that keeps what it stores in ``profile``."""
    browser = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=shutil.which("chromium"),
        chromium_sandbox=os.geteuid() != 0,
        args=["--disable-gpu", "--no-first-run"],
        viewport=PHONE,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        base_url=address,
    )
    browser.set_default_timeout(PATIENCE)
    try:
        yield browser.pages[0]
    finally:
        browser.close()


def verdicts(page: Any, codes: list[str], slower: int) -> tuple[float, float, float]:
    """Median, 95th percentile and longest of the milliseconds from a code to its verdict."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    taken = sorted(page.evaluate(ONE_VERDICT, code) for code in codes)
    return statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1]


def wait_for_waiting(page: Any, scans: int) -> float:
    """Seconds until the page says that so many scans wait; none, when it says nothing of them any more."""
    started = time.perf_counter()
    if scans:
        page.locator("[data-waiting-count]", has_text=re.compile(f"^{scans}$")).wait_for()
    else:
        page.locator("[data-state=on]").wait_for()
        page.locator("[data-waiting]").wait_for(state="hidden")
    return time.perf_counter() - started


def stored(folder: Path) -> Counter[str]:
    """The verdicts of the scans that a device decided alone."""
    app = create_app(Settings(instance=folder))
    with app.app_context():
        found = Counter(db.session.scalars(select(Scan.verdict).filter_by(is_offline=True)))
        db.session.remove()
        db.engine.dispose()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scans", type=int, default=10_000)
    total: int = parser.parse_args().scans
    page_of_gate = f"/gate/{source.SLUG}"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        instance, profile = Path(name) / "instance", Path(name) / "profile"
        join, codes = prepare(instance)
        with serving("techfair.web:app", Path(name), TECHFAIR_INSTANCE=str(instance)) as port:
            address = f"http://127.0.0.1:{port}"
            with phone(playwright, profile, address) as page:
                page.goto(f"{page_of_gate}#join={join}")
                page.get_by_text("Thiết bị này có dữ liệu từ").wait_for()
                page.evaluate(KEPT)
                page.context.set_offline(True)
                page.wait_for_selector("[data-state=off]")
                fast = verdicts(page, codes[:MEASURED], 1)
                slow = verdicts(page, codes[MEASURED : 2 * MEASURED], SLOWER)
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 1})
                started = time.perf_counter()
                told = page.evaluate(A_DAY, [source.SLUG, "A", codes[2 * MEASURED :], total])
                queued = time.perf_counter() - started
            with phone(playwright, profile, address) as page:
                page.context.set_offline(True)
                started = time.perf_counter()
                page.goto(page_of_gate)
                wait_for_waiting(page, total + 2 * MEASURED)
                opened = time.perf_counter() - started
                page.context.set_offline(False)
                sent = wait_for_waiting(page, 0)
        arrived = stored(instance)
    wanted = Counter(told) + Counter(admitted=2 * MEASURED)
    for pace, (median, p95, longest) in (("full pace", fast), (f"{SLOWER} times slower", slow)):
        told_so = f"code to verdict, {pace}: median {median:.0f} ms, p95 {p95:.0f} ms, longest {longest:.0f} ms"
        kept(told_so, p95 <= VERDICT_MS, VERDICT_MS)
    print(f"{total} scans offline: {queued:.1f} s to write ({1000 * queued / total:.1f} ms a scan), page open again")
    print(f"after {opened:.1f} s, sent in {sent:.1f} s")
    kept(f"stored {dict(arrived)}, told on the device {dict(wanted)}", arrived == wanted, total + 2 * MEASURED)
    is_slow = max(fast[1], slow[1]) > VERDICT_MS
    return 1 if is_slow or arrived != wanted else 0


if __name__ == "__main__":
    sys.exit(main())

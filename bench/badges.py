"""What ten thousand badges as one PDF cost: seconds, and memory over all processes that make it.

    python bench/badges.py [--badges 10000]

The command ``techfair visitors badges`` runs as an operator would type it; the memory of its process and of those
that it starts is added up ten times a second, what several of them share once (PSS). The baseline is the same command
for a fair of ten badges: what Python and Typst take before anything is printed. Fails where it takes more than 60
seconds for 10,000, or 600 MB.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pypdf
from scans import fair, kept

from techfair.demo import source

SECONDS, MEGABYTES = 60, 600


def printed(folder: Path, visitors: int) -> tuple[float, float, int]:
    """Seconds, the most megabytes at any moment, and the pages of a fair's badges."""
    fair(folder, visitors)
    file = folder / "badges.pdf"
    command = [sys.executable, "-m", "techfair", "visitors", "badges", source.SLUG, "--output", str(file)]
    started, most = time.perf_counter(), 0
    with subprocess.Popen(command, env=os.environ | {"TECHFAIR_INSTANCE": str(folder)}) as printing:
        whole = psutil.Process(printing.pid)
        while printing.poll() is None:
            most = max(most, _held(whole))
            time.sleep(0.1)
    assert printing.returncode == 0
    return time.perf_counter() - started, most / 1e6, len(pypdf.PdfReader(file).pages)


def _held(process: psutil.Process) -> int:
    """Bytes in memory of a process and its children; one that ends meanwhile has none."""
    total = 0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += each.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--badges", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        few = printed(Path(name) / "few", 10)
        seconds, megabytes, pages = printed(Path(name) / "many", asked.badges)
    print(f"baseline, {few[2]} badges: {few[0]:.1f} s, {few[1]:.0f} MB over all processes")
    each = [
        kept(
            f"{pages} badges: {10_000 * seconds / pages:.1f} s for 10,000", 10_000 * seconds <= SECONDS * pages, SECONDS
        ),
        kept(f"{pages} badges: {megabytes:.0f} MB over all processes", megabytes <= MEGABYTES, MEGABYTES),
    ]
    return 0 if all(each) else 1


if __name__ == "__main__":
    sys.exit(main())

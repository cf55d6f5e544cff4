"""Build techfair/static/icons.svg from the icons named in tools/icons.txt.

Usage: python tools/icon_sprite.py          fetch lucide-static as tools/vendor.toml pins it, write
       python tools/icon_sprite.py --check  no network: does the sprite hold exactly the icons of the list?

Fetching needs npm. Commit the sprite: the program itself needs neither npm nor network.
"""

import re
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

from vendor_assets import fetch

TOOLS = Path(__file__).parent
SPRITE = TOOLS.parent / "techfair" / "static" / "icons.svg"
# Presentation is set on each symbol: an icon used from another file inherits nothing from the sprite's root.
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
)


def wanted() -> list[str]:
    return (TOOLS / "icons.txt").read_text().split()


def shapes(svg: str) -> str:
    """What stands inside the <svg> element, on one line."""
    inside = svg[svg.index("<svg") :]
    inside = inside[inside.index(">") + 1 : inside.rindex("</svg>")]
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", inside)).strip()


def read(archive: tarfile.TarFile, name: str) -> str:
    return archive.extractfile(f"package/icons/{name}.svg").read().decode()


def build() -> str:
    listed = tomllib.loads((TOOLS / "vendor.toml").read_text())["package"]
    lucide = next(package for package in listed if package["name"] == "lucide-static")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fetch(lucide, folder)) as archive:
        symbols = [SYMBOL.format(name=name, shapes=shapes(read(archive, name))) for name in wanted()]
    licence = f"<!-- lucide {lucide['version']}, ISC licence: vendor/lucide/LICENSE.txt -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', licence, *symbols, "</svg>", ""])


def main(*flags: str) -> None:
    if "--check" not in flags:
        SPRITE.write_text(build())
    held = re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())
    if held != wanted():
        sys.exit(f"icons.svg and icons.txt differ: {sorted(set(held) ^ set(wanted()))}")


if __name__ == "__main__":
    main(*sys.argv[1:])

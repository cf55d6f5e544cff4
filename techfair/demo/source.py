"""The demo's own data: what was published of the 2019 fair, and made-up companies, technologies and needs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"
SLUG = "gia-lai-2019"

Record = dict[str, Any]


@cache
def published() -> Record:
    """The fair as it was known: figures, programme, agreements and projects that add up to them."""
    return read("techdemo2019")


def companies() -> list[Record]:
    return list(read("companies")["companies"])


def technologies() -> list[Record]:
    return list(read("technologies")["technologies"])


def needs() -> list[Record]:
    return list(read("needs")["needs"])


@cache
def read(name: str) -> Record:
    record: Record = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return record

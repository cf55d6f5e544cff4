"""The halls of the demo fair as they are drawn, and what its booths cost."""

from typing import Any

from techfair.extensions import db
from techfair.fairs.floor.models import Booth, BoothTerms, Hall
from techfair.fairs.models import Fair

HALLS = (
    ("A", "Nhà trưng bày A: nông nghiệp, chế biến", "Hall A: agriculture and processing"),
    ("B", "Nhà trưng bày B: cơ khí, điện tử, tự động hóa", "Hall B: machinery, electronics, automation"),
    ("C", "Nhà trưng bày C: năng lượng, môi trường", "Hall C: energy and environment"),
    ("D", "Khu trưng bày ngoài trời", "Open-air area"),
)
COLUMNS, ROWS = 59, 21
BOOTHS_OF_A_HALL, BOOTHS_OF_A_ROW, BEFORE_THE_WAY = 125, 25, 12
LEFT, WAY = 3, 3  # squares before the first booth, and of an aisle
ROW_TOPS = (1, 6, 8, 13, 15)  # one row along the wall, then twice two rows back to back
CROSSING = LEFT + BEFORE_THE_WAY * 2
AISLES = (
    *({"x": 1, "y": y, "width": COLUMNS - 2, "height": WAY} for y in (3, 10, 17)),
    {"x": CROSSING, "y": 1, "width": WAY, "height": 19},
)
POWER = tuple({"x": x, "y": y, "width": 1, "height": 1} for y in (7, 14) for x in (2, 56))
WATER = tuple({"x": x, "y": 1, "width": 1, "height": 1} for x in (2, 56))
UNNAMED = {"label_vi": "", "label_en": "", "sector": ""}
ENTRANCE = {"x": CROSSING - 1, "y": 20, "width": 5, "height": 1, "label_vi": "Lối vào", "label_en": "Entrance"}
# The last row of the open-air area is kept for machines that run in fields.
ZONES = ({**UNNAMED, "kind": "zone", "x": LEFT, "y": ROW_TOPS[-1], "width": 53, "height": 2, "sector": "agri"},)
TERMS = {
    "standard": (
        12_000_000,
        "Vách ngăn, bảng tên, 1 bàn, 2 ghế, 1 ổ cắm",
        "Walls, fascia, 1 table, 2 chairs, 1 socket",
    ),
    "corner": (14_000_000, "Như gian tiêu chuẩn, mở hai mặt", "As a standard booth, open on two sides"),
    "outdoor": (8_000_000, "Mái che, 1 bàn, 2 ghế, 1 ổ cắm", "Roof, 1 table, 2 chairs, 1 socket"),
}


def draw(fair: Fair) -> None:
    """All halls with their booths, aisles, entrances and connections, and the terms of the booths."""
    for code, name_vi, name_en in HALLS:
        hall = Hall(fair_id=fair.id, code=code, name_vi=name_vi, name_en=name_en, columns=COLUMNS, rows=ROWS)
        hall.features = [*(ZONES if code == "D" else ()), *_features()]
        db.session.add(hall)
        db.session.flush()
        db.session.add_all(Booth(fair_id=fair.id, hall_id=hall.id, **_place(code, n)) for n in range(BOOTHS_OF_A_HALL))
    for category, (price, includes_vi, includes_en) in TERMS.items():
        said = {"price_vnd": price, "includes_vi": includes_vi, "includes_en": includes_en}
        db.session.add(BoothTerms(fair_id=fair.id, category=category, **said))


def _features() -> list[dict[str, Any]]:
    kinds = (("aisle", AISLES), ("entrance", (ENTRANCE,)), ("power", POWER), ("water", WATER))
    return [UNNAMED | place | {"kind": kind} for kind, places in kinds for place in places]


def _place(hall: str, position: int) -> dict[str, Any]:
    """Code, place and kind of a booth; those at the ends of a row and at the crossing are corners."""
    row, column = divmod(position, BOOTHS_OF_A_ROW)
    is_corner = column in {0, BEFORE_THE_WAY - 1, BEFORE_THE_WAY, BOOTHS_OF_A_ROW - 1}
    category = "outdoor" if hall == "D" else "corner" if is_corner else "standard"
    x = LEFT + column * 2 + (WAY if column >= BEFORE_THE_WAY else 0)
    return {"code": f"{hall}{position + 1:03}", "x": x, "y": ROW_TOPS[row], "category": category}

"""The organizing units, the fair with its programme, halls, booths and gates."""

from datetime import date, datetime
from typing import Any

from techfair.demo import drawing, source
from techfair.extensions import db
from techfair.fairs import keys
from techfair.fairs.models import Activity, Fair, OrganizingUnit
from techfair.organizers.models import DeclaredFigure
from techfair.visitors.gate_models import Gate

PLACES_EN = {
    "Quảng trường chính": "Main square",
    "Khu triển lãm": "Exhibition area",
    "Khu kết nối B2B": "B2B meeting area",
    "Hội trường lớn": "Great hall",
    "Hội trường A": "Hall A",
    "Hội trường B": "Hall B",
    "Khu tư vấn": "Advice area",
}
IN_VIETNAMESE = {
    "11 memoranda, nearly 18,000 billion VND": "11 biên bản ghi nhớ, gần 18.000 tỷ đồng",
    "63 provinces attended": "63 tỉnh, thành phố tham dự",
    "press": "báo chí",
    "press, 23 November 2019": "báo chí, ngày 23/11/2019",
    "2019 annual review of the Department of Application and Development of Technology (19 December 2019)": (
        "báo cáo tổng kết năm 2019 của Cục Ứng dụng và Phát triển công nghệ (19/12/2019)"
    ),
}
IN_ENGLISH = {
    "2828 hợp đồng tư vấn, chuyển giao công nghệ của các Trung tâm ứng dụng tiến bộ KH&CN địa phương trong năm 2019"
    " (cả nước, không phải riêng hội chợ)": (
        "2,828 contracts for advice and technology transfer by the provinces' centres for applied science in 2019"
        " (the whole country, not the fair alone)"
    ),
    "vào khoảng 59 tỷ đồng": "about 59 billion VND",
}


def organize() -> Fair:
    """The fair as it was announced, with everything that stands before anyone comes."""
    fair = _fair()
    keys.create(fair)
    _programme(fair)
    drawing.draw(fair)
    _gates(fair)
    _declared(fair)
    db.session.flush()
    return fair


def _fair() -> Fair:
    told = source.published()["fair"]
    department, province = (_unit(name) for name in told["organizers"])
    province.parent_id, province.province_code = department.id, "64"
    department.kind, department.name_en = "department", "Department of Technology Application and Development"
    province.name_en = "Gia Lai Department of Science and Technology"
    number = (db.session.scalar(db.select(db.func.max(Fair.number))) or 0) + 1
    fair = Fair(
        slug=source.SLUG,
        number=number,
        unit_id=province.id,
        province_code=province.province_code,
        state="published",
        name_vi=told["name_vi"],
        name_en=told["name_en"],
        theme_vi="Kết nối công nghệ, bắt kịp cách mạng công nghiệp 4.0",
        theme_en=told["theme_en"],
        description_vi=f"Lĩnh vực: {'; '.join(told['fields_vi'])}.",
        description_en="Fields: processing and preserving of farm and forest products; machinery;"
        " information technology; electronics; Internet of Things; new and renewable energy;"
        " environmental protection.",
        place_vi=told["place"],
        place_en=told["place"],
        co_organizers_vi=department.name_vi,
        co_organizers_en=department.name_en,
        timezone=told["timezone"],
        starts_on=date.fromisoformat(told["from"]),
        ends_on=date.fromisoformat(told["to"]),
        contact_email="organizer@example.vn",
        applications_open_on=date(2019, 8, 1),
        applications_close_on=date(2019, 11, 20),
        registration_is_open=True,
        open_outside_dates=True,
        is_demo=True,
    )
    db.session.add(fair)
    db.session.flush()
    return fair


def _unit(name: str) -> OrganizingUnit:
    """The unit of that name: an installation may have it already."""
    unit = db.session.scalars(db.select(OrganizingUnit).filter_by(name_vi=name)).one_or_none()
    if unit is None:
        unit = OrganizingUnit(name_vi=name)
        db.session.add(unit)
        db.session.flush()
    return unit


def _programme(fair: Fair) -> None:
    for told in source.published()["activities"]:
        db.session.add(
            Activity(
                fair_id=fair.id,
                kind=told["kind"],
                state="held",
                title_vi=told["title_vi"],
                title_en=told["title_en"],
                place_vi=told["place"],
                place_en=PLACES_EN[told["place"]],
                starts_at=_moment(fair, told["on"], told["start"]),
                ends_at=_moment(fair, told["on"], told["end"]),
                is_from_source=told["from_source"],
            )
        )


def _moment(fair: Fair, day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=fair.zone)


def _gates(fair: Fair) -> None:
    conference = db.session.scalars(
        db.select(Activity).filter_by(fair_id=fair.id, kind="conference").order_by(Activity.starts_at.desc())
    ).all()[0]
    door = {"place": "activity", "activity_id": conference.id, "allowed_kinds": ["delegate", "guest", "vip", "press"]}
    db.session.add_all(
        [
            Gate(fair_id=fair.id, code="A", name_vi="Cổng chính", name_en="Main gate"),
            Gate(fair_id=fair.id, code="B", name_vi="Cổng phía đông", name_en="East gate"),
            Gate(fair_id=fair.id, code="H", name_vi="Cửa Hội trường lớn", name_en="Door of the great hall", **door),
        ]
    )


def _declared(fair: Fair) -> None:
    """What others said of the fair and of the year: kept beside what is counted, with who said it."""
    told = source.published()
    for figure in told["figures"]:
        if figure["key"].startswith("unit_contracts."):
            said = {"words_vi": figure["words_vi"], "words_en": IN_ENGLISH[figure["words_vi"]]}
            _declare(fair, figure, relation=figure["relation"], value=figure["value"], **said)
    for figure in told["contradictions"]:
        number = int("".join(sign for sign in figure["value"].split()[0] if sign.isdigit()))
        said = {"words_vi": IN_VIETNAMESE[figure["value"]], "words_en": figure["value"]}
        _declare(fair, figure, value=number, is_contradiction=True, **said)


def _declare(fair: Fair, figure: source.Record, **said: Any) -> None:
    who = figure["source"]
    sources = {"source_vi": IN_VIETNAMESE[who], "source_en": who}
    db.session.add(DeclaredFigure(fair_id=fair.id, key=figure["key"], **sources, **said))

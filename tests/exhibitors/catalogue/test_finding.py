"""One box finds technologies, needs and exhibitors; the index follows every deed, on both databases alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from techfair.accounts.models import User
from techfair.core import jobs
from techfair.exhibitors import companies, needs, technologies
from techfair.exhibitors.catalogue import finding, keeping
from techfair.exhibitors.catalogue.models import CatalogueEntry, CatalogueWord
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

TERMS = (Path(__file__).parents[2] / "cases" / "search_terms.txt").read_text(encoding="utf-8").split("\n")
ODD = ['"', "NEAR(a b)", "a AND", "-sấy", "ca-phe", "c++", "%", "_", "'", ";--", "x" * 5000, "   ", "😀", "a\x00b"]

Make = Callable[..., Technology]


def titles(text: str, fair: Fair | None = None, **wanted: Any) -> list[str]:
    found = finding.find(finding.Wanted(text, **wanted), fair)
    by_id = dict(db.session.execute(select(CatalogueEntry.id, CatalogueEntry.title_vi)).all())
    return [by_id[row.id] for row in found.rows]


@pytest.fixture
def dryer(exhibitor: Exhibitor, make_technology: Make) -> Technology:
    make_technology("Máy bơm nước năng lượng mặt trời", keywords_vi=["bơm", "năng lượng mặt trời"])
    return make_technology("Máy sấy cà phê trống quay", title_en="Rotary drum coffee dryer")


@pytest.mark.parametrize(
    "typed",
    [
        "máy sấy cà phê",
        "may say ca phe",
        "cà phê máy sấy",
        "mays saays caf phee",
        "maysay caphe",
        "coffee dryers",
        "cofee drum",
    ],
)
def test_a_technology_is_found_first_however_it_is_asked_for(fair: Fair, dryer: Technology, typed: str) -> None:
    assert titles(typed, fair)[0] == "Máy sấy cà phê trống quay"


def test_initials_find_the_long_name(fair: Fair, dryer: Technology) -> None:
    assert titles("bom nuoc NLMT", fair)[0] == "Máy bơm nước năng lượng mặt trời"


def test_one_box_finds_needs_and_exhibitors_too(fair: Fair, dryer: Technology, company: Company, manager: User) -> None:
    need = needs.create(company, manager, ["food"], title_vi="Cà phê bị mốc", problem_vi="Mưa", wanted_result_vi="Khô")
    needs.publish(need, manager)
    found = finding.find(finding.Wanted("ca phe"), fair)
    assert found.kinds == {"technology": 1, "need": 1}
    assert finding.find(finding.Wanted("dai nguyen"), fair).kinds["exhibitor"] == 1


@pytest.mark.parametrize("typed", ["dak lak", "đắk lắk", "ĐẮK LẮK", "Đắk Lắk", "lak dak"])
def test_dak_lak_is_found_however_it_is_typed(
    fair: Fair, exhibitor: Exhibitor, make_technology: Make, typed: str
) -> None:  # K051
    make_technology("Máy sấy Đắk Lắk")
    make_technology("Nồi hơi", summary_vi="Hơi bão hòa")
    assert titles(typed, fair) == ["Máy sấy Đắk Lắk"]


def test_accents_typed_come_first(fair: Fair, exhibitor: Exhibitor, make_technology: Make) -> None:
    make_technology("Dam Tom")
    make_technology("Đầm tôm")
    assert titles("đầm", fair) == ["Đầm tôm", "Dam Tom"]
    assert set(titles("dam", fair)) == {"Đầm tôm", "Dam Tom"}
    assert titles("đ", fair, kind="technology") == ["Đầm tôm", "Dam Tom"]


@pytest.mark.parametrize("typed", ["hmai", "h'mai", "h’mai"])
def test_an_apostrophe_is_no_letter(fair: Fair, exhibitor: Exhibitor, make_technology: Make, typed: str) -> None:
    make_technology("Máy dệt H'Mai")
    assert titles(typed, fair) == ["Máy dệt H'Mai"]


def test_percent_is_a_letter(fair: Fair, exhibitor: Exhibitor, make_technology: Make) -> None:
    make_technology("Giảm 50% nước")
    make_technology("Giảm 500 lít nước")
    assert titles("50%", fair)[0] == "Giảm 50% nước"
    assert titles("_", fair) == titles("%%", fair) == []


@pytest.mark.parametrize("typed", [*ODD, *TERMS])
def test_no_search_fails(fair: Fair, dryer: Technology, typed: str) -> None:  # K094
    assert isinstance(titles(typed, fair), list)


def test_a_change_is_found_at_once_and_the_old_words_no_more(fair: Fair, dryer: Technology, manager: User) -> None:
    technologies.change(dryer, manager, dryer.version, ["food"], title_vi="Lò rang ca cao", title_en="")
    db.session.commit()
    assert titles("lo rang ca cao", fair) == ["Lò rang ca cao"]
    assert titles("trong quay", fair) == []


def test_what_is_rolled_back_is_not_found(fair: Fair, dryer: Technology, manager: User) -> None:
    technologies.change(dryer, manager, dryer.version, ["food"], title_vi="Nồi hơi tầng sôi")
    db.session.rollback()
    assert titles("noi hoi", fair) == []
    assert titles("trong quay", fair) == ["Máy sấy cà phê trống quay"]


def test_an_archived_one_is_found_no_more(fair: Fair, dryer: Technology, manager: User) -> None:
    technologies.archive(dryer, manager)
    assert titles("trong quay", fair) == []


def test_a_company_s_new_name_finds_its_technologies(
    fair: Fair, dryer: Technology, company: Company, manager: User
) -> None:
    companies.change(company, manager, company.version, name_vi="Cơ khí Sông Ba")
    assert "Máy sấy cà phê trống quay" in titles("song ba", fair)


def test_a_company_that_left_shows_nothing(fair: Fair, dryer: Technology, exhibitor: Exhibitor) -> None:
    exhibitor.is_active = False
    db.session.flush()
    assert titles("ca phe", fair) == titles("ca phe") == []


def test_a_rebuilt_index_is_what_the_deeds_had_written(dryer: Technology, company: Company, manager: User) -> None:
    technologies.change(dryer, manager, dryer.version, ["mech"], title_vi="Máy sấy tầng sôi")
    companies.change(company, manager, company.version, short_name="Đại Nguyên")
    before = _index()
    keeping.rebuild()
    assert _index() == before


def _index() -> tuple[list[tuple[object, ...]], dict[str, int]]:
    columns = [column for column in CatalogueEntry.__table__.c if column.name not in {"id", "version"}]
    order = (CatalogueEntry.kind, CatalogueEntry.record_id)
    entries = [tuple(row) for row in db.session.execute(select(*columns).order_by(*order))]
    words = select(CatalogueWord.word, CatalogueWord.entries).where(CatalogueWord.entries != 0)
    return entries, dict(db.session.execute(words).all())


def test_facets_count_and_narrow(
    fair: Fair, exhibitor: Exhibitor, make_technology: Make, make_fair: Callable[..., Fair]
) -> None:
    make_technology("Máy sấy một", readiness=9, transfer_forms=["licence", "training"])
    make_technology("Máy sấy hai", readiness=6, transfer_forms=["licence"])
    make_technology("Nồi hơi", readiness=6, summary_vi="Hơi bão hòa")
    found = finding.find(finding.Wanted("may say", "technology"), fair)
    counts = {name: {value.key: value.count for value in values} for name, values in found.facets.items()}
    assert counts["readiness"] == {"9": 1, "6": 1}
    assert counts["transfer"] == {"licence": 2, "training": 1}
    assert counts["sector"] == {"food": 2}
    assert counts["province"] == {"Gia Lai": 2}
    assert counts["country"] == {"VN": 2}
    assert counts["fair"] == {fair.slug: 2}
    assert sum(counts["year"].values()) == 2


def test_what_is_chosen_does_not_narrow_its_own_facet(fair: Fair, exhibitor: Exhibitor, make_technology: Make) -> None:
    make_technology("Máy sấy một", readiness=9, transfer_forms=["licence"])
    make_technology("Máy sấy hai", readiness=6, transfer_forms=["training"])
    found = finding.find(finding.Wanted("may say", "technology", {"readiness": "9"}), fair)
    assert len(found.rows) == 1
    assert [value.key for value in found.facets["readiness"]] == ["9", "6"]
    assert [value.key for value in found.facets["transfer"]] == ["licence"]


def test_hits_are_sorted_as_asked(fair: Fair, exhibitor: Exhibitor, make_technology: Make) -> None:
    for title, level in (("Máy sấy bình", 5), ("Máy sấy an", 9), ("Máy sấy cường", 7)):
        make_technology(title, readiness=level)
    assert titles("may say", fair, kind="technology", sort="title") == ["Máy sấy an", "Máy sấy bình", "Máy sấy cường"]
    assert titles("may say", fair, kind="technology", sort="ready")[0] == "Máy sấy an"


def test_a_search_sends_few_statements(fair: Fair, dryer: Technology, at_most: Any) -> None:
    finding.find(finding.Wanted("may say"), fair)  # which reads the words once
    with at_most(statements=7):
        finding.find(finding.Wanted("may say ca phe"), fair)


def test_the_worker_builds_the_index_where_a_migration_asked_for_it(fair: Fair, dryer: Technology) -> None:
    db.session.query(CatalogueEntry).delete()
    jobs.start("catalogue.rebuild")
    db.session.commit()
    jobs.run_due()
    assert titles("trong quay", fair) == ["Máy sấy cà phê trống quay"]

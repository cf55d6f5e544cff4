"""The report of a freshly loaded demo gives the figures by which the fair was known, each counted from rows."""

import operator
from typing import Any

import pytest

from techfair.demo import source

pytestmark = pytest.mark.same_everywhere  # of a small fair, the report is read on both databases
RELATIONS = {
    "=": operator.eq,
    ">": operator.gt,
    "about": lambda counted, told: abs(counted - told) <= told // 20,
}


def figure(report: dict[str, Any], key: str) -> dict[str, Any]:
    """The figure of a key; a key within a map may hold no further dot."""
    found = report["figures"]
    for name in key.split("."):
        found = found[name]
    return found


@pytest.mark.parametrize("told", source.published()["figures"], ids=lambda told: told["key"])
def test_a_published_figure_is_counted(full_report, told):
    counted = figure(full_report, told["key"])["value"]
    assert RELATIONS[told["relation"]](counted, told["value"]), f"{counted} is not {told['relation']} {told['value']}"


def test_connections_are_fifty_and_two_hundred_and_thirty_and_five_and_four(full_report):
    by_source = full_report["figures"]["connections"]["by_source_country"]
    counted = {key: found["value"] for key, found in by_source.items()}
    assert counted == {"connection_point/VN": 50, "KR": 200, "CN": 30, "SG": 5, "JP": 4}


def test_connections_by_sector_add_up_to_all(full_report):
    by_sector = full_report["figures"]["connections"]["by_sector"].values()
    assert sum(found["value"] for found in by_sector) == 289


def test_all_that_the_data_names_takes_part(full_report):
    named = {"exhibitors": source.companies(), "technologies": source.technologies(), "needs": source.needs()}
    for key, records in named.items():
        assert figure(full_report, key)["value"] == len(records)


def test_people_are_at_most_person_days_and_these_at_most_entries(full_report):
    people = full_report["figures"]["visitors"]
    unique, days, entries = (people[name]["value"] for name in ("unique", "person_days", "entries"))
    assert unique <= days <= entries
    assert sum(found["value"] for found in people["by_day"].values()) == days
    assert list(people["by_day"]) == ["2019-11-24", "2019-11-25", "2019-11-26"]


def test_only_what_units_said_of_their_year_is_declared(full_report):
    assert figure(full_report, "unit_contracts.count")["basis"] == "declared"
    assert figure(full_report, "visitors.unique")["basis"] == "measured"


def test_what_the_press_said_otherwise_is_told_beside(full_report):
    assert [said["key"] for said in full_report["contradictions"]] == ["investments", "delegates.provinces"]


def test_what_others_said_is_told_in_the_language_of_the_report(full_report):
    assert full_report["contradictions"][1]["words"] == "63 tỉnh, thành phố tham dự"


def test_heads_clicked_at_the_opening_are_beside_the_visitors_and_not_among_them(full_report):
    people = full_report["figures"]["visitors"]
    assert people["head_count"]["value"] > 0
    assert people["entries"]["value"] == sum(found["value"] for found in people["by_day"].values())

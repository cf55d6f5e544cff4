"""Connections come from a file, also those made outside the fair, and of two that are one an organizer keeps one."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core.spreadsheets import write_sheet
from techfair.exhibitors.models import Company, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings import connections, counting
from techfair.meetings.models import Connection

TOGETHER = "/organizer/fairs/gia-lai/connections/together"
HEADINGS = (
    "Đơn vị thứ nhất",
    "Đơn vị thứ hai",
    "Nội dung",
    "Nguồn kết nối",
    "Lĩnh vực",
    "Nước của đối tác",
    "Ngày",
    "Minh chứng",
)
GOOD = (
    "Viện Nghiên cứu Nam Hải",
    "Seoul Dry Tech",
    "Máy sấy cà phê",
    "Điểm kết nối",
    "",
    "Hàn Quốc",
    "24/11/2019",
    "BB 12",
)


@pytest.fixture
def other(make_exhibitor: Callable[..., Exhibitor]) -> Exhibitor:
    return make_exhibitor("Viện Nghiên cứu Nam Hải", "nam-hai")


@pytest.fixture
def pair(exhibitor: Exhibitor, other: Exhibitor) -> tuple[Company, Company]:
    return db.session.get_one(Company, exhibitor.company_id), db.session.get_one(Company, other.company_id)


@pytest.fixture
def twins(pair: tuple[Company, Company], fair: Fair, organizer: User) -> tuple[int, int]:
    """Two connections of one pair whose subjects share their words: one proposed, one confirmed."""
    earlier = connections.propose(fair, *pair, "Máy sấy cà phê", organizer)
    later = connections.propose(fair, *pair, "Máy sấy cà phê năng lượng mặt trời", organizer, source="survey")
    connections.confirm(later, organizer, "Phiếu khảo sát số 7")
    db.session.commit()
    return earlier.id, later.id


def sent(client: FlaskClient, *rows: tuple[str, ...]) -> str:
    """The address of the preview of a file with these rows."""
    file = write_sheet("Kết nối", HEADINGS, rows)
    answer = client.post(f"{TOGETHER}/import", data={"file": (BytesIO(file), "ket-noi.xlsx")})
    assert answer.status_code == 303, answer.text
    return answer.location


def noted() -> list[Any]:
    columns = (Connection.state, Connection.source, Connection.partner_country, Connection.evidence)
    return [tuple(row) for row in db.session.execute(db.select(*columns).order_by(Connection.id))]


def test_a_row_is_a_confirmed_connection_and_a_company_nobody_knew_is_noted(
    other: Exhibitor, as_organizer: FlaskClient, fair: Fair
) -> None:
    preview = sent(as_organizer, GOOD)
    assert "đơn vị mới" in as_organizer.get(preview).text
    as_organizer.post(preview, data={"which": "all"})
    assert noted() == [("confirmed", "connection_point", "KR", "BB 12")]
    assert counting.connections_by_source_country(fair) == {"connection_point/KR": 1}
    new = db.session.scalars(db.select(Company).filter_by(name_vi="Seoul Dry Tech")).one()
    assert new.country == "KR"


def test_each_bad_cell_says_why_and_nothing_of_its_row_is_stored(other: Exhibitor, as_organizer: FlaskClient) -> None:
    bad = ("Viện Nghiên cứu Nam Hải", "vien nghien cuu NAM HAI", "", "đồn đại", "", "Xứ Ngàn", "31/02/2019", "")
    preview = sent(as_organizer, bad, GOOD, GOOD)
    page = as_organizer.get(preview).text
    for said in ("Chọn hai đơn vị khác nhau", "đồn đại", "Không có nước nào", "24/11/2019", "dòng 4"):
        assert said in page
    as_organizer.post(preview, data={"which": "all"})
    assert len(noted()) == 1


def test_the_same_file_twice_notes_nothing_twice(other: Exhibitor, as_organizer: FlaskClient) -> None:
    for _ in range(2):
        answer = as_organizer.post(sent(as_organizer, GOOD), data={"which": "all"})
    assert (answer.status_code, len(noted())) == (422, 1)


def test_a_file_without_headings_is_refused_at_its_field(fair: Fair, as_organizer: FlaskClient) -> None:
    answer = as_organizer.post(f"{TOGETHER}/import", data={"file": (BytesIO(b"a;b;c\n1;2;3"), "x.csv")})
    assert (answer.status_code, 'id="file-error"' in answer.text) == (422, True)


def test_the_form_takes_a_company_that_does_not_exhibit_with_country_and_day(
    exhibitor: Exhibitor, as_organizer: FlaskClient
) -> None:
    given = {"one": exhibitor.company_id, "other": "", "other_name": "Singapore Agri Hub", "subject": "Tưới nhỏ giọt"}
    how = {
        "source": "workshop",
        "sector": "",
        "partner_country": "SG",
        "arose_on": "2019-10-02",
        "evidence": "Biên bản",
    }
    as_organizer.post("/organizer/fairs/gia-lai/connections/new", data=given | how)
    assert noted() == [("confirmed", "workshop", "SG", "Biên bản")]


def test_of_two_that_are_one_the_confirmed_stays_and_counts_once(
    twins: tuple[int, int], as_organizer: FlaskClient, fair: Fair
) -> None:
    earlier, later = twins
    assert "Phiếu khảo sát số 7" in as_organizer.get(f"{TOGETHER}/duplicates").text
    as_organizer.post(f"{TOGETHER}/duplicates/{earlier}/{later}/merge")
    merged = db.session.get_one(Connection, earlier)
    assert (merged.state, merged.merged_into_id) == ("merged", later)
    assert sum(counting.connections_by_source_country(fair).values()) == 1
    assert as_organizer.post(f"{TOGETHER}/duplicates/{earlier}/{later}/merge").status_code == 404


def test_two_that_are_two_are_not_proposed_again(twins: tuple[int, int], as_organizer: FlaskClient) -> None:
    earlier, later = twins
    assert "1 cặp kết nối" in as_organizer.get("/organizer/fairs/gia-lai/connections").text
    as_organizer.post(f"{TOGETHER}/duplicates/{earlier}/{later}/keep_apart")
    assert "cặp kết nối" not in as_organizer.get("/organizer/fairs/gia-lai/connections").text
    assert [row[0] for row in noted()] == ["proposed", "confirmed"]


def test_whoever_may_not_manage_meetings_finds_none_of_it(twins: tuple[int, int], as_steward: FlaskClient) -> None:
    earlier, later = twins
    for address in ("import", "duplicates", "import/template.xlsx"):
        assert as_steward.get(f"{TOGETHER}/{address}").status_code in {403, 404}
    assert as_steward.post(f"{TOGETHER}/duplicates/{earlier}/{later}/merge").status_code in {403, 404}
    assert [row[0] for row in noted()] == ["proposed", "confirmed"]

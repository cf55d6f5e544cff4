"""What law restricts: the owner is warned beside the field, the organizer in a list; nothing is refused."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.core.audit import AuditEntry
from techfair.exhibitors.models import Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.exhibitors.restricted import watching
from techfair.extensions import db
from tests.exhibitors.test_own_pages import OFFER

LIST = "/organizer/fairs/gia-lai/restricted"


@pytest.mark.same_everywhere
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Cải tạo XI MĂNG LÒ ĐỨNG thành lò quay", ["vertical_kiln_cement"]),
        ("dong co hai ky chay xang", ["two_stroke"]),
        ("Tấm lợp A-mi-ăng, và CFC-12", ["ozone", "chrysotile"]),
        ("Genetically modified maize; blasting agent", ["explosives", "gmo"]),
        ("Xaldrine, lò đứng sấy xi măng", []),
        ("Cà phê", []),
    ],
)
def test_groups_are_known_by_whole_folded_words_the_banned_first(text: str, keys: list[str]) -> None:
    assert [one.group.key for one in watching.warned([text])] == keys


@pytest.mark.same_everywhere
def test_each_group_names_the_law_and_is_found_by_each_of_its_words() -> None:
    for group in watching.groups().values():
        assert "07/2017/QH14" in group.basis
        assert all(group in [one.group for one in watching.warned([words])] for words in group.words), group.key


def test_the_owner_is_warned_and_publishes_and_the_organizer_notes_a_finding(
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    organizer: User,
    sign_in: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
) -> None:
    offer = OFFER | {"summary_vi": "Thay lò đứng: xi măng lò đứng dừng từ 2020", "deed": "publish"}
    assert as_manager.post("/exhibitor/technologies/new", data=offer).status_code == 303
    technology = db.session.scalars(db.select(Technology)).one()
    assert technology.state == "published"
    form = as_manager.get(f"/exhibitor/technologies/{technology.public_ref}").text
    assert "Pháp luật có thể cấm chuyển giao: Sản xuất xi măng lò đứng" in form
    browser, address = sign_in(organizer), f"{LIST}/{technology.public_ref}/vertical_kiln_cement"
    assert "1 trường hợp cần xem xét" in browser.get(LIST).text
    assert browser.post(address, data={"note": "Đã hỏi Sở"}).status_code == 422
    typed = {"decision": "not_concerned", "note": "Chỉ nói về việc dừng"}
    assert browser.post(address, data=typed).status_code == 303
    assert browser.post(address, data=typed | {"note": "Đã hỏi lại"}).status_code == 303
    page = browser.get(LIST).text
    assert "0 trường hợp" in page
    assert "Đã hỏi lại" in page
    assert db.session.query(AuditEntry).filter_by(action="technology.restriction_decided").count() == 2
    stranger = sign_in(make_user("stranger@example.vn"))
    assert [stranger.get(LIST).status_code, stranger.post(address, data=typed).status_code] == [404, 404]
    changed = offer | {"version": str(technology.version), "title_vi": "Khác"}
    as_manager.post(f"/exhibitor/technologies/{technology.public_ref}", data=changed)
    assert "nội dung đã sửa sau đó" in browser.get(LIST).text

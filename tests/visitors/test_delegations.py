"""Delegations: invited with a dispatch number, they name their people; the organizer sees who has arrived."""

import io
import re
from datetime import date

import openpyxl
import pytest

from techfair.core import links
from techfair.extensions import db
from techfair.visitors import badges
from techfair.visitors.delegations import inviting, queries
from techfair.visitors.models import Badge, Delegation, Registration

CONSOLE = "/organizer/fairs/gia-lai/delegations"
BODY = "Sở Khoa học và Công nghệ tỉnh Kon Tum"


@pytest.fixture
def make_delegation(fair):
    def make(body=BODY, **values):
        delegation = Delegation(fair_id=fair.id, body_vi=body, **({"contact_email": "dau.moi@example.vn"} | values))
        db.session.add(delegation)
        db.session.commit()
        return delegation

    return make


@pytest.fixture
def delegation(make_delegation):
    return make_delegation(expected=3, dispatch_number="1234/UBND-KGVX")


@pytest.fixture
def path(delegation):
    path = inviting.path(delegation)
    db.session.rollback()
    return path


def people():
    db.session.expire_all()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def a_list(*rows, headings=("Họ và tên", "Đơn vị", "Điện thoại")):
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_an_invitation_brings_dispatch_number_and_link(as_organizer, delegation, mails, client):
    as_organizer.post(f"{CONSOLE}/{delegation.id}/invite")
    (mail,) = mails()
    assert (mail.to_address, BODY in mail.text, "1234/UBND-KGVX" in mail.text) == ("dau.moi@example.vn", True, True)
    assert BODY in client.get(re.search(r"/delegation/\S+", mail.text)[0]).text


def test_without_an_address_nobody_is_invited(as_organizer, make_delegation, mails):
    delegation = make_delegation(contact_email="")
    answer = as_organizer.post(f"{CONSOLE}/{delegation.id}/invite", follow_redirects=True)
    assert ("Hãy nhập thư điện tử của đầu mối" in answer.text, mails()) == (True, [])


def test_a_named_person_is_a_delegate_with_a_badge(client, path, delegation):
    client.post(path, data={"full_name": "H'Bia Siu"})
    (person,) = people()
    assert (person.kind, person.organisation, person.delegation_id) == ("delegate", BODY, delegation.id)
    assert badges.valid_badge(person)
    assert "H&#39;Bia Siu" in client.get(path).text


def test_a_wrong_contact_is_told_at_the_field_and_adds_nobody(client, path):
    answer = client.post(path, data={"full_name": "An", "contact": "12"})
    assert (answer.status_code, 'value="An"' in answer.text, people()) == (422, True, [])


def test_a_list_is_shown_first_and_names_only_the_good_rows(client, path):
    file = a_list(("Trần Văn Tùng", "", "0905 123 456"), ("", "UBND huyện", ""), ("Lê An", "", "12"), ("Y Kpă", "", ""))
    preview = client.post(f"{path}/lists", data={"list": (file, "doan.xlsx")}).location
    assert ("2/4 dòng nhập được" in client.get(preview).text, people()) == (True, [])
    client.post(preview, data={"which": "all"})
    assert [(one.full_name, one.kind, one.organisation) for one in people()] == [
        ("Trần Văn Tùng", "delegate", BODY),
        ("Y Kpă", "delegate", BODY),
    ]
    client.post(preview, data={"which": "all"})
    assert len(people()) == 2


def test_nobody_names_himself_a_vip(client, path):
    file = a_list(("An", "VIP"), headings=("Họ và tên", "Loại thẻ"))
    preview = client.post(f"{path}/lists", data={"list": (file, "doan.xlsx")}).location
    client.post(preview, data={"which": "all"})
    assert {badge.kind for badge in db.session.scalars(db.select(Badge))} == {"delegate"}


def test_the_template_is_a_list_that_can_be_sent_back(client, path):
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/list.xlsx").data))
    book.active.append(["Trần Văn Tùng"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    preview = client.post(f"{path}/lists", data={"list": (file, "mau.xlsx")}).location
    assert "1/1 dòng nhập được" in client.get(preview).text


def test_a_list_of_names_alone_is_enough(client, path):
    file = a_list(("Trần Văn Tùng",), ("Y Kpă",), headings=("Họ và tên",))
    preview = client.post(f"{path}/lists", data={"list": (file, "doan.xlsx")}).location
    assert "2/2 dòng nhập được" in client.get(preview).text


def test_a_file_that_is_no_list_is_told_at_the_field(client, path):
    answer = client.post(f"{path}/lists", data={"list": (io.BytesIO(b"PK\x03\x04rubbish"), "x.xlsx")})
    assert (answer.status_code, "Không đọc được tệp này" in answer.text) == (422, True)


def test_who_does_not_come_is_taken_off_and_the_badge_ends(client, path, make_delegation, gate):
    client.post(path, data={"full_name": "An"})
    (an,) = people()
    other = inviting.path(make_delegation("Sở khác"))
    db.session.rollback()
    assert client.post(f"{other}/off/{an.id}").status_code == 404
    client.post(f"{path}/off/{an.id}")
    assert (people()[0].state, badges.valid_badge(people()[0])) == ("cancelled", None)


def test_an_ended_link_and_a_changed_address_open_nothing(as_organizer, client, delegation, path):
    as_organizer.post(f"{CONSOLE}/{delegation.id}/end-link")
    assert client.get(path).status_code == 410
    new = inviting.path(db.session.get_one(Delegation, delegation.id))
    db.session.rollback()
    form = {"body_vi": BODY, "province_code": "", "contact_email": "khac@example.vn"}
    assert as_organizer.post(f"{CONSOLE}/{delegation.id}/edit", data=form).status_code == 303
    assert client.get(new).status_code == 410
    assert client.get("/delegation/" + links.sign("registration", [delegation.id, 0])).status_code == 404


def test_a_delegation_is_added_with_its_province_and_a_wrong_address_is_told(as_organizer, fair):
    form = {"body_vi": BODY, "province_code": "62", "expected": "12", "contact_email": "không phải thư"}
    answer = as_organizer.post(f"{CONSOLE}/new", data=form)
    assert (answer.status_code, f'value="{BODY}"' in answer.text) == (422, True)
    fair.starts_on = fair.ends_on = date(2019, 11, 24)
    db.session.commit()
    assert as_organizer.post(f"{CONSOLE}/new", data=form | {"contact_email": "a@example.vn"}).status_code == 303
    delegation = db.session.scalars(db.select(Delegation)).one()
    assert (delegation.province_code, delegation.expected) == ("62", 12)


def test_named_arrived_and_missing_are_counted(client, path, fair, delegation, gate, as_organizer):
    for name in ("An", "Bình"):
        client.post(path, data={"full_name": name})
    gate.scan(badges.token(badges.valid_badge(people()[0]), fair))
    (standing,) = queries.standings(fair)
    assert (standing.named, standing.arrived, standing.missing) == (2, 1, 2)
    page = as_organizer.get(f"{CONSOLE}/{delegation.id}").text
    assert ("đã đến" in page, "chưa đến" in page) == (True, True)


@pytest.mark.parametrize(("day", "total"), [(date(2019, 11, 24), 63), (date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_coverage_follows_the_list_of_provinces_of_the_fairs_date(fair, make_delegation, client, day, total):
    fair.starts_on = fair.ends_on = day
    delegation = make_delegation(province_code="01")
    path = inviting.path(delegation)
    db.session.commit()
    client.post(path, data={"full_name": "An"})
    people()[0].is_present = True
    db.session.commit()
    covered, missing = queries.coverage(fair, queries.standings(fair))
    assert (covered, covered + len(missing)) == (1, total)


def test_the_list_takes_few_statements_however_many_there_are(as_organizer, make_delegation, at_most):
    for number in range(8):
        make_delegation(f"Sở {number}")
    with at_most(statements=10):
        page = as_organizer.get(CONSOLE)
    assert "Sở 7" in page.text
    assert as_organizer.get(f"{CONSOLE}/delegations.xlsx").data.startswith(b"PK")


def test_a_group_registers_itself_and_comes_as_visitors(client, fair, mails):
    form = {"form_token": "x", "body_vi": "Lớp 12A", "contact_name": "Cô Lan", "contact_email": "lan@example.vn"}
    first = client.post("/fairs/gia-lai/register/group", data=form)
    second = client.post("/fairs/gia-lai/register/group", data=form)
    assert ["Lớp 12A" in client.get(answer.location).text for answer in (first, second)] == [True, True]
    assert db.session.scalar(db.select(db.func.count(Delegation.id))) == 1
    assert [mail.to_address for mail in mails()] == ["lan@example.vn"]
    client.post(first.location, data={"full_name": "An"})
    assert (people()[0].kind, people()[0].organisation) == ("visitor", "Lớp 12A")


def test_a_closed_fair_takes_no_group(client, fair):
    fair.registration_is_open = False
    db.session.commit()
    client.post("/fairs/gia-lai/register/group", data={"body_vi": "A", "contact_name": "B", "contact_email": "c@d.vn"})
    assert db.session.scalars(db.select(Delegation)).all() == []


def test_all_badges_are_on_one_page_to_print(client, path):
    for name in ("An", "Bình"):
        client.post(path, data={"full_name": name})
    assert client.get(f"{path}/badges").text.count("<svg") >= 2


def test_a_steward_and_another_fairs_organizer_see_no_delegation(sign_in, steward, as_organizer, delegation, make_fair):
    make_fair("kon-tum")
    assert sign_in(steward).get(f"{CONSOLE}/{delegation.id}").status_code == 404
    assert as_organizer.get(f"/organizer/fairs/kon-tum/delegations/{delegation.id}").status_code == 404

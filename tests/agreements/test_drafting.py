"""The parties' own pages: drafting, changing, settling and sending, and who may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import content, documents, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.negotiation import talking
from techfair.core import clock
from techfair.exhibitors.models import Company, CompanyMember, Exhibitor
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Meeting
from tests.agreements.conftest import OURS, THEIRS, Mailbox

TYPED = {
    "kind": "memorandum",
    "subject_vi": "Dây chuyền sấy cà phê",
    "value": "24 tỷ 500 triệu",
    "parties-0-name_vi": "Công ty TNHH Cơ khí Đại Nguyên",
    "parties-0-representative": "Võ Thanh Vân",
    "parties-0-email": OURS,
    "parties-0-language": "vi",
    "parties-1-name_vi": "Hợp tác xã Cao Nguyên",
    "parties-1-representative": "H'Bia Êban",
    "parties-1-email": THEIRS,
    "parties-1-language": "en",
}


def only_agreement() -> Agreement:
    return documents.load(db.session.scalars(db.select(Agreement.id)).one())


def draft_by(client: FlaskClient, **typed: str) -> Any:
    return client.post("/exhibitor/agreements/new", data=TYPED | typed)


def test_an_exhibitor_drafts_with_a_partner_it_met(
    as_manager: FlaskClient, exhibitor: Exhibitor, company: Company
) -> None:
    assert 'value="9900000111"' in as_manager.get("/exhibitor/agreements/new").text
    assert draft_by(as_manager).status_code == 303
    agreement = only_agreement()
    assert (agreement.state, agreement.value, agreement.value_vnd) == ("draft", 24_500_000_000, 24_500_000_000)
    assert [party.company_id for party in agreement.parties] == [company.id, None]


def test_a_draft_takes_parties_and_place_from_the_meeting(
    as_manager: FlaskClient, meeting: Meeting, company: Company
) -> None:
    address = f"/exhibitor/agreements/new?meeting_id={meeting.id}"
    page = as_manager.get(address).text
    assert page.index("Đại Nguyên") < page.index("Trang trại Ia Grai") < page.index(f'value="{THEIRS}"')
    as_manager.post(address, data=TYPED)
    agreement = only_agreement()
    assert (agreement.meeting_id, agreement.parties[0].company_id) == (meeting.id, company.id)


def test_a_meeting_offers_its_managers_a_draft(as_manager: FlaskClient, meeting: Meeting) -> None:
    assert f"/exhibitor/agreements/new?meeting_id={meeting.id}" in as_manager.get("/exhibitor/meetings").text


def test_staff_draft_nothing_from_a_meeting(
    make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient], company: Company, meeting: Meeting
) -> None:
    staff = make_user("staff@dai-nguyen.example.vn")
    db.session.add(CompanyMember(user_id=staff.id, company_id=company.id, role="staff"))
    db.session.commit()
    client = sign_in(staff)
    assert "agreements/new" not in client.get("/exhibitor/meetings").text
    assert client.get(f"/exhibitor/agreements/new?meeting_id={meeting.id}").status_code == 404


def test_a_meeting_of_others_is_no_source(
    as_manager: FlaskClient, make_user: Any, sign_in: Any, meeting: Meeting
) -> None:
    stranger = sign_in(make_user("stranger@example.vn"))
    assert stranger.get(f"/exhibitor/agreements/new?meeting_id={meeting.id}").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("subject_vi", "", "Nêu nội dung thỏa thuận"),
        ("value", "một ít", "value-error"),
        ("parties-1-email", "minh@", "parties-1-email-error"),
        ("parties-1-email", OURS, "hộp thư riêng"),
        ("parties-1-representative", " ", "Nhập họ và tên người ký"),
        ("valid_until_on", "2001-01-01", "Ngày này đã qua"),
        ("value_high", "24 tỷ", "Mức cao phải lớn hơn"),
        ("value_rate", "25450", "không cần tỷ giá"),
        ("area", "1,00001", "chính xác đến mét vuông"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_keeps_the_rest(
    as_manager: FlaskClient, exhibitor: Exhibitor, field: str, typed: str, told: str
) -> None:
    answer = draft_by(as_manager, **{field: typed})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert 'value="Hợp tác xã Cao Nguyên"' in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Agreement)) == 0


def test_an_agreement_cannot_end_on_the_day_that_it_is_at_the_fair(
    as_manager: FlaskClient, exhibitor: Exhibitor, fair: Fair
) -> None:
    evening = clock.now().replace(hour=20)  # in Vietnam it is the next day
    with clock.held_at(evening):
        assert fair.today > evening.date()
        assert "Ngày này đã qua" in draft_by(as_manager, valid_until_on=fair.today.isoformat()).text


def test_a_confidential_value_is_not_taken(as_manager: FlaskClient, exhibitor: Exhibitor) -> None:
    assert "không lưu giá trị được bảo mật" in draft_by(as_manager, is_confidential="y").text
    assert draft_by(as_manager, is_confidential="y", value="").status_code == 303
    assert (only_agreement().value, only_agreement().value_vnd) == (None, None)


def test_a_company_cannot_be_smuggled_in_by_the_form(as_manager: FlaskClient, exhibitor: Exhibitor) -> None:
    draft_by(as_manager, **{"parties-1-company_id": str(exhibitor.company_id)})
    assert only_agreement().parties[1].company_id is None


def test_changing_a_draft_keeps_its_number_and_code(as_manager: FlaskClient, draft: Agreement) -> None:
    number, code, version = draft.number, draft.code, draft.version
    assert 'value="24,5 tỷ đồng"' in as_manager.get(f"/exhibitor/agreements/{draft.id}/edit").text
    typed = TYPED | {"subject_vi": "Nhà kính", "version": str(version)}
    assert as_manager.post(f"/exhibitor/agreements/{draft.id}/edit", data=typed).status_code == 303
    changed = only_agreement()
    assert (changed.subject_vi, changed.number, changed.code) == ("Nhà kính", number, code)


def test_who_saves_over_the_other_party_s_change_is_told(as_manager: FlaskClient, draft: Agreement) -> None:
    address, first = f"/exhibitor/agreements/{draft.id}/edit", str(draft.version)
    as_manager.post(address, data=TYPED | {"subject_vi": "Nhà kính", "version": first})
    answer = as_manager.post(address, data=TYPED | {"subject_vi": "Máy gặt", "version": first})
    assert (answer.status_code, "Bên kia vừa sửa dự thảo" in answer.text) == (422, True)
    db.session.rollback()
    assert only_agreement().subject_vi == "Nhà kính"


def test_nobody_settles_a_text_alone_and_the_other_s_consent_asks_each_party_by_its_own_link(
    client: FlaskClient, as_manager: FlaskClient, draft: Agreement, ours: Mailbox, theirs: Mailbox
) -> None:
    here, digest = f"/exhibitor/agreements/{draft.id}", content.digest(draft)
    refused = as_manager.post(f"{here}/invite", follow_redirects=True).text
    assert "Hợp tác xã Cao Nguyên" in refused.split("chưa đồng ý")[1]
    assert only_agreement().state == "draft"
    for _ in range(2):  # the button pressed twice
        assert as_manager.post(f"{here}/share").status_code == 303
    assert [one.party_id for one in talking.consents(only_agreement())] == [draft.parties[0].id]
    db.session.rollback()
    there = theirs.newest("negotiation_invitation").text.split("/negotiate/")[1].split()[0]
    client.post(f"/negotiate/{there}/agree", data={"digest": digest})
    assert ours.link != theirs.link
    assert theirs.newest("sign_invitation").subject == "For your signature: a coffee drying line"
    sent = only_agreement()
    assert (sent.state, len(sent.frozen_digest or ""), len(sent.page_digests)) == ("signing", 64, 2)
    assert db.session.scalar(db.select(db.func.count()).select_from(Signature)) == 2


def test_a_settled_text_cannot_be_changed(as_manager: FlaskClient, sent: Agreement) -> None:
    digest, typed = sent.frozen_digest, TYPED | {"version": str(sent.version)}
    assert as_manager.post(f"/exhibitor/agreements/{sent.id}/edit", data=typed).status_code == 409
    db.session.rollback()
    assert only_agreement().frozen_digest == digest


def test_letters_that_no_font_has_stop_the_sending_and_are_named(
    as_manager: FlaskClient, make_draft: Callable[..., Agreement], theirs: Mailbox
) -> None:
    draft = make_draft(partner="บริษัท")
    as_manager.post(f"/exhibitor/agreements/{draft.id}/share")
    db.session.rollback()
    there = theirs.newest("negotiation_invitation").text.split("/negotiate/")[1].split()[0]
    given = {"digest": content.digest(only_agreement())}
    db.session.rollback()
    answer = as_manager.post(f"/negotiate/{there}/agree", data=given, follow_redirects=True)
    assert "บ" in answer.text.split("<main")[0] + answer.text.split('role="status"')[-1][:400]
    assert only_agreement().state == "negotiation"
    db.session.rollback()
    assert as_manager.get(f"/exhibitor/agreements/{draft.id}/document.pdf").status_code == 200


def test_the_links_are_sent_again_but_not_at_once(
    as_manager: FlaskClient, sent: Agreement, ours: Mailbox, sign: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/exhibitor/agreements/{sent.id}/ask-again"
    assert "chưa đến mười phút" in as_manager.post(address, follow_redirects=True).text
    sign(ours)
    monkeypatch.setattr(signing, "PAUSE_BETWEEN_LINKS", timedelta())
    assert "Đã gửi đường dẫn cho H&#39;Bia Êban." in as_manager.post(address, follow_redirects=True).text


def test_abandoning_needs_a_reason_and_ends_the_signing(
    client: FlaskClient, as_manager: FlaskClient, sent: Agreement, theirs: Mailbox
) -> None:
    address = f"/exhibitor/agreements/{sent.id}/abandon"
    assert as_manager.post(address, data={"reason": ""}).status_code == 422
    as_manager.post(address, data={"reason": "Đối tác rút lui"})
    assert only_agreement().state == "abandoned"
    assert "không còn ký được" in client.get(theirs.link).text


def test_what_all_have_signed_nobody_abandons(
    as_manager: FlaskClient, sent: Agreement, ours: Mailbox, theirs: Mailbox, sign: Any
) -> None:
    sign(ours)
    sign(theirs)
    assert only_agreement().state == "sealing"
    assert as_manager.post(f"/exhibitor/agreements/{sent.id}/abandon", data={"reason": "Hối"}).status_code == 409


@pytest.mark.parametrize("page", ["", "/edit", "/document.pdf", "/pages/1.png"])
def test_another_exhibitor_finds_nothing(
    make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient], sent: Agreement, page: str
) -> None:
    assert sign_in(make_user("other@example.vn")).get(f"/exhibitor/agreements/{sent.id}{page}").status_code == 404


@pytest.mark.parametrize("deed", ["invite", "ask-again", "abandon", "edit"])
def test_another_exhibitor_can_do_nothing(
    make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient], draft: Agreement, deed: str
) -> None:
    stranger = sign_in(make_user("other@example.vn"))
    assert stranger.post(f"/exhibitor/agreements/{draft.id}/{deed}", data={"reason": "x"}).status_code == 404
    assert only_agreement().state == "draft"


def test_staff_of_a_company_leave_agreements_to_its_managers(
    make_user: Callable[..., User], sign_in: Callable[[User], FlaskClient], company: Company, draft: Agreement
) -> None:
    staff = make_user("staff@dai-nguyen.example.vn")
    db.session.add(CompanyMember(user_id=staff.id, company_id=company.id, role="staff"))
    db.session.commit()
    assert sign_in(staff).get(f"/exhibitor/agreements/{draft.id}").status_code == 404


def test_the_list_shows_who_has_signed_in_few_statements(
    as_manager: FlaskClient, sent: Agreement, ours: Mailbox, sign: Any, at_most: Any
) -> None:
    sign(ours)
    with at_most(statements=14):
        page = as_manager.get("/exhibitor/agreements").text
    assert "1 trên 2 bên đã ký" in page

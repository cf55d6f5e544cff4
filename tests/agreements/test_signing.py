"""Signing by a mailed link and code: what counts, what does not, and what everyone is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.agreements import documents, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses, codes
from techfair.core import audit, clock, links
from techfair.core.mail import Mail
from techfair.extensions import db
from tests.agreements.conftest import Mailbox


def signatures(**wanted: object) -> list[Signature]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Signature).filter_by(**wanted).order_by(Signature.id)))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_when_both_have_signed_each_gets_the_completed_document_in_their_language(
    completed: Agreement, ours: Mailbox, theirs: Mailbox
) -> None:
    assert (completed.state, completed.signed_on) == ("completed", clock.today("Asia/Ho_Chi_Minh"))
    told = [box.newest("agreement_completed") for box in (ours, theirs)]
    assert [mail.subject for mail in told] == [
        "Các bên đã ký đủ: dây chuyền sấy cà phê",
        "Signed by all: a coffee drying line",
    ]
    assert all(completed.document_digest in mail.attachments[0] for mail in told)
    assert [mail.attachments[0].split(" ", 2)[2][:16] for mail in told] == ["Biên bản ghi nhớ", "Memorandum of un"]


def test_one_signature_alone_completes_nothing(
    sent: Agreement, ours: Mailbox, sign: Callable[[Mailbox], None], run_jobs: Callable[[], int]
) -> None:
    sign(ours)
    run_jobs()
    assert documents.load(sent.id).state == "signing"


def test_opening_the_link_changes_nothing(client: FlaskClient, sent: Agreement, theirs: Mailbox) -> None:  # K115
    for _ in range(2):
        client.head(theirs.link)
        assert client.get(theirs.link).status_code == 200
    assert [one.state for one in signatures()] == ["invited", "invited"]
    assert signatures(codes_sent=1) == []


def test_the_page_says_what_is_signed_for_whom_and_for_how_much(
    client: FlaskClient, sent: Agreement, theirs: Mailbox
) -> None:
    page = client.get(theirs.link).text
    assert "Thay mặt Hợp tác xã Cao Nguyên" in page
    assert "24.500.000.000 đồng (bằng chữ: Hai mươi bốn tỷ năm trăm triệu đồng)" in page
    assert "Công ty TNHH Cơ khí Đại Nguyên" in page
    assert client.get(f"{theirs.link}/pages/1.png").mimetype == "image/png"
    assert client.get(f"{theirs.link}/pages/9.png").status_code == 404
    assert client.get(f"{theirs.link}/document.pdf").data.startswith(b"%PDF-")


def test_a_wrong_code_is_said_at_the_field_and_counts(client: FlaskClient, sent: Agreement, ours: Mailbox) -> None:
    client.post(f"{ours.link}/code")
    answer = client.post(f"{ours.link}/confirm", data={"code": wrong(ours.code)})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Mã này chưa đúng" in answer.text
    assert "Còn 4 lần thử" in answer.text
    db.session.rollback()
    assert [one.code_tries for one in signatures()] == [1, 0]


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(
    client: FlaskClient, sent: Agreement, ours: Mailbox
) -> None:
    client.post(f"{ours.link}/code")
    code = ours.code
    for _ in range(codes.MOST_TRIES):
        client.post(f"{ours.link}/confirm", data={"code": wrong(code)})
    assert client.post(f"{ours.link}/confirm", data={"code": code}).status_code == 422
    assert signatures(state="signed") == []


def test_a_new_code_ends_the_one_before(
    client: FlaskClient, sent: Agreement, ours: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(f"{ours.link}/code")
    first = ours.code
    monkeypatch.setattr(codes, "PAUSE_BETWEEN_CODES", timedelta())
    client.post(f"{ours.link}/code")
    assert client.post(f"{ours.link}/confirm", data={"code": first}).status_code == 422
    client.post(f"{ours.link}/confirm", data={"code": ours.code})
    assert len(signatures(state="signed")) == 1


def test_a_code_is_over_after_fifteen_minutes(
    client: FlaskClient, sent: Agreement, ours: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "CODE_LIVES", timedelta(seconds=-1))
    client.post(f"{ours.link}/code")
    assert "không còn dùng được" in client.post(f"{ours.link}/confirm", data={"code": ours.code}).text


def test_a_second_code_within_half_a_minute_is_not_sent(client: FlaskClient, sent: Agreement, ours: Mailbox) -> None:
    client.post(f"{ours.link}/code")
    answer = client.post(f"{ours.link}/code", follow_redirects=True)
    assert "Đợi nửa phút" in answer.text
    assert len(db.session.scalars(db.select(Mail).filter_by(template="sign_code")).all()) == 1


def test_ten_codes_are_enough_until_the_link_is_sent_again(
    client: FlaskClient, as_manager: FlaskClient, sent: Agreement, ours: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "PAUSE_BETWEEN_CODES", timedelta())
    for _ in range(codes.MOST_CODES):
        client.post(f"{ours.link}/code")
    assert "quá nhiều mã" in client.post(f"{ours.link}/code", follow_redirects=True).text
    monkeypatch.setattr(signing, "PAUSE_BETWEEN_LINKS", timedelta())
    as_manager.post(f"/exhibitor/agreements/{sent.id}/ask-again")
    assert "Mã đang được gửi" in client.post(f"{ours.link}/code", follow_redirects=True).text


def test_only_a_digest_of_the_code_is_kept(client: FlaskClient, sent: Agreement, ours: Mailbox) -> None:
    client.post(f"{ours.link}/code")
    signature = signatures(signer_email=ours.email)[0]
    assert ours.code.encode() not in (signature.code_digest or b"")
    assert ours.code not in ours.newest("sign_code").subject
    assert ours.code not in str([entry.details for entry in audit.of(signature)])


def test_signing_twice_is_signing_once(client: FlaskClient, sent: Agreement, ours: Mailbox) -> None:  # K074
    client.post(f"{ours.link}/code")
    code = ours.code
    answers = [client.post(f"{ours.link}/confirm", data={"code": code}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Quý khách đã ký" in client.get(answers[1].location).text
    signature = signatures(state="signed")[0]
    assert [entry.action for entry in audit.of(signature)] == ["signature.signed", "signature.code_sent"]


def test_declining_needs_a_reason(client: FlaskClient, sent: Agreement, theirs: Mailbox) -> None:
    answer = client.post(f"{theirs.link}/decline", data={"reason": " "})
    assert (answer.status_code, "Nêu lý do" in answer.text) == (422, True)
    assert signatures(state="declined") == []


def test_declining_ends_the_agreement_and_tells_all_parties_why(
    client: FlaskClient, sent: Agreement, ours: Mailbox, theirs: Mailbox
) -> None:
    client.post(f"{theirs.link}/decline", data={"reason": "Chưa thống nhất về giá"})
    assert documents.load(sent.id).state == "declined"
    assert "Chưa thống nhất về giá" in ours.newest("sign_declined").text
    assert "Chưa thống nhất về giá" in client.get(ours.link).text
    client.post(f"{ours.link}/code")
    assert db.session.scalars(db.select(Mail).filter_by(template="sign_code")).all() == []


def test_a_changed_link_is_explained(client: FlaskClient, sent: Agreement, ours: Mailbox) -> None:
    answer = client.get(f"{ours.link}x")
    assert answer.status_code == 404
    assert "Mở lại đường dẫn ngay trong thư" in answer.text


def test_an_expired_link_is_explained_and_signs_nothing(
    client: FlaskClient, sent: Agreement, ours: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "LINK_DAYS", -1)
    assert "30 ngày" in client.get(ours.link).text
    assert client.post(f"{ours.link}/code").status_code == 410
    assert signatures(state="viewed") == []


def test_a_link_for_another_purpose_opens_nothing(app: Flask, client: FlaskClient, sent: Agreement) -> None:
    assert client.get(f"/sign/{links.sign('another', 1)}").status_code == 404


@pytest.mark.parametrize("page", ["", "/hand-over", "/phone", "/device"])
def test_a_signer_s_pages_stay_out_of_caches_and_search_engines(
    client: FlaskClient, sent: Agreement, ours: Mailbox, page: str
) -> None:
    answer = client.get(ours.link + page)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex"

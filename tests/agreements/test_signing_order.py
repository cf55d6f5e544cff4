"""Who is asked when: turns, parts, and the last day for signing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import checking, documents, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.signers import addresses, planning, reminding
from techfair.core import clock
from techfair.core.mail import Mail
from techfair.extensions import db
from tests.agreements.conftest import OURS, THEIRS, Mailbox, settle

APPROVER, WITNESS, COPY = (f"{name}@dai-nguyen.example.vn" for name in ("duyet", "chung", "luu"))


def typed(agreement: Agreement, **more: str) -> dict[str, str]:
    """The partner signs second, beside an approver who is first, a witness who is last, and a copy."""
    data = {"parties-0-rank": "2", "parties-1-rank": "3"}
    people = [("approver", "1", APPROVER), ("witness", "4", WITNESS), ("copy", "1", COPY)]
    for n, (role, rank, email) in enumerate(people):
        data |= {f"people-{n}-name": f"Người {role}", f"people-{n}-email": email, f"people-{n}-role": role}
        data |= {f"people-{n}-rank": rank, f"people-{n}-party": str(agreement.parties[0].id)}
    return data | more


def invited() -> list[str]:
    mails = db.session.scalars(db.select(Mail).filter_by(template="sign_invitation").order_by(Mail.id)).all()
    addresses = [mail.to_address for mail in mails]
    db.session.rollback()
    return addresses


def begin(agreement_id: int, by: User) -> None:
    agreement = documents.load(agreement_id)
    settle(agreement, by)
    signing.invite(agreement, by=by)
    db.session.commit()


def test_each_is_asked_in_turn_and_acts_in_a_part_of_their_own(
    app: Flask,
    as_manager: FlaskClient,
    draft: Agreement,
    manager: User,
    sign: Callable[[Mailbox], None],
    run_jobs: Callable[[], int],
) -> None:
    here = f"/exhibitor/agreements/{draft.id}"
    refused = as_manager.post(f"{here}/signers", data=typed(draft) | {"people-2-email": THEIRS.upper()})
    assert (refused.status_code, "Hộp thư này đã được dùng" in refused.text) == (422, True)
    assert as_manager.post(f"{here}/signers", data=typed(draft)).status_code == 303
    assert as_manager.get(f"{here}/signers").text.count('value="Người ') == 3
    begin(draft.id, manager)
    order = [APPROVER, OURS, THEIRS, WITNESS]
    for n, email in enumerate(order, start=1):
        assert invited() == order[:n]
        page = as_manager.get(here).text
        assert page.count("Đã mời") == 1
        form = app.test_client().get(f"{Mailbox(email).link}?lang=vi").text
        assert ('<h2 id="confirm-title">Duyệt</h2>' in form, "Tôi không duyệt" in form) == (n == 1, n == 1)
        sign(Mailbox(email))
    run_jobs()
    completed = documents.load(draft.id)
    check = checking.check(documents.present(completed))
    signed_in = [(one.kind, one.signer) for one in check.report.findings if one.kind in {"party", "witness"}]
    assert (check.verdict, completed.state) == ("good", "completed")
    assert signed_in == [("party", "Võ Thanh Vân"), ("party", "H'Bia Êban"), ("witness", "Người witness")]
    sent_to = db.session.scalars(db.select(Mail.to_address).filter_by(template="agreement_completed")).all()
    assert sorted(sent_to) == sorted([*order, COPY])
    assert "Người approver" in app.test_client().get(f"/verify/{completed.code}").text
    db.session.rollback()
    assert as_manager.post(f"{here}/signers", data={}).status_code == 409


def test_who_shares_a_turn_is_asked_at_once_and_a_link_that_comes_too_early_signs_nothing(
    client: FlaskClient, as_manager: FlaskClient, draft: Agreement, manager: User, sign: Callable[[Mailbox], None]
) -> None:
    data = {"parties-0-rank": "2", "parties-1-rank": "2"} | {"people-0-name": "Ba", "people-0-email": WITNESS}
    data |= {"people-0-role": "signer", "people-0-rank": "5", "people-0-party": str(draft.parties[1].id)}
    as_manager.post(f"/exhibitor/agreements/{draft.id}/signers", data=data)
    begin(draft.id, manager)
    assert sorted(invited()) == sorted([OURS, THEIRS])
    last = db.session.scalars(db.select(Signature).filter_by(signer_email=WITNESS)).one()
    link = "/sign/" + addresses.mailed(last).split("/sign/")[1]
    db.session.rollback()
    assert "Chưa đến lượt" in client.get(f"{link}?lang=vi").text
    assert client.post(f"{link}/code").status_code == 303
    for box in (Mailbox(THEIRS), Mailbox(OURS)):
        sign(box)
    assert invited()[-1] == WITNESS
    sign(Mailbox(WITNESS))
    assert documents.load(draft.id).state == "sealing"


def test_after_the_last_day_nobody_signs_until_the_organizer_names_a_later_one(
    client: FlaskClient,
    as_organizer: FlaskClient,
    as_steward: FlaskClient,
    sent: Agreement,
    theirs: Mailbox,
    sign: Callable[[Mailbox], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, today = f"/organizer/fairs/gia-lai/agreements/{sent.id}", clock.today("Asia/Ho_Chi_Minh")
    for client_, status in ((as_steward, 404), (as_organizer, 303)):
        assert client_.post(f"{here}/deadline", data={"sign_by_on": today.isoformat()}).status_code == status
    planning.tell_late()  # the day is not over yet
    db.session.execute(db.update(Agreement).values(sign_by_on=today - timedelta(days=2)))
    db.session.commit()
    monkeypatch.setattr(reminding, "PAUSE", timedelta(seconds=-1))
    for work in (planning.tell_late, planning.tell_late, reminding.remind):
        work()
    told = db.session.scalars(db.select(Mail).where(Mail.template.in_(("sign_late", "sign_reminder")))).all()
    assert sorted(mail.to_address for mail in told) == sorted([OURS, THEIRS])
    db.session.rollback()
    client.post(f"{theirs.link}/code")
    assert "Đã quá hạn ký" in client.get(f"{theirs.link}?lang=vi").text
    assert db.session.scalars(db.select(Mail).filter_by(template="sign_code")).all() == []
    db.session.rollback()
    assert (
        "đã qua" in as_organizer.post(f"{here}/deadline", data={"sign_by_on": "2001-01-01"}, follow_redirects=True).text
    )
    as_organizer.post(f"{here}/deadline", data={"sign_by_on": (today + timedelta(days=9)).isoformat()})
    assert re.search(r"Last day for signing: \d", theirs.newest("sign_invitation").text)
    sign(theirs)

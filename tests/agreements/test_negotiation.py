"""Negotiating clause by clause, agreeing to one digest, and a text that the database keeps settled."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.exc import IntegrityError

from techfair.agreements import content, documents
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import differences, talking
from techfair.agreements.negotiation.models import ClauseProposal, Consent
from techfair.extensions import db
from tests.agreements.conftest import Mailbox
from tests.agreements.test_drafting import TYPED


@pytest.fixture
def shared(as_manager: FlaskClient, draft: Agreement) -> Agreement:
    """A draft that is put before both parties."""
    for _ in range(2):
        as_manager.post(f"/exhibitor/agreements/{draft.id}/share")
    return documents.load(draft.id)


def link_of(mailbox: Mailbox) -> str:
    found = re.search(r"https?://[^/]+(/negotiate/\S+)", mailbox.newest("negotiation_invitation").text)
    assert found
    return found[1]


def wording(agreement: Agreement, clause: int, **changed: str) -> dict[str, str]:
    said = {name: agreement.clauses[clause][name] for name in differences.TEXTS} | changed
    return {f"proposal-{clause}-{name}": text for name, text in said.items()}


def proposals(**wanted: object) -> list[ClauseProposal]:
    return list(db.session.scalars(db.select(ClauseProposal).filter_by(**wanted)))


def agree(client: FlaskClient, address: str) -> Any:
    found = re.search(r'name="digest" value="(\w+)"', client.get(address).text)
    return client.post(f"{address}/agree", data={"digest": found and found[1]}, follow_redirects=True)


def test_parties_negotiate_by_link_and_console_until_all_agree_to_one_text(
    client: FlaskClient, as_manager: FlaskClient, shared: Agreement, ours: Mailbox, theirs: Mailbox
) -> None:
    here, there = f"/exhibitor/agreements/{shared.id}/negotiation", link_of(theirs)
    assert "đại diện Hợp tác xã Cao Nguyên" in client.get(f"{there}?lang=vi").text
    client.post(f"{there}/clauses/0/comment", data={"comment-0-text": "Xin nêu rõ công suất."})
    assert "Xin nêu rõ công suất." in as_manager.get(here).text
    assert client.post(f"{there}/clauses/0/propose", data=wording(shared, 0)).status_code == 422  # nothing changed
    text = shared.clauses[0]["text_vi"].replace("bình đẳng", "hợp tác lâu dài")
    assert client.post(f"{there}/clauses/0/propose", data=wording(shared, 0, text_vi=text)).status_code == 303
    id = proposals(state="open")[0].id
    db.session.rollback()
    page = as_manager.get(here).text
    assert "<del>bình đẳng</del><ins>hợp tác lâu dài</ins>" in page
    assert "{" not in page.split('class="difference"')[1].split("</p>")[0]  # read as the document says it
    assert agree(as_manager, here).status_code == 200
    client.post(f"{there}/proposals/{id}/accepted")  # nobody accepts one's own
    assert proposals(state="open")
    db.session.rollback()
    for _ in range(2):
        assert as_manager.post(f"{here}/proposals/{id}/accepted").status_code == 303
    changed = documents.load(shared.id)
    assert changed.clauses[0]["text_vi"] == text
    assert db.session.scalars(db.select(Consent)).all() == []  # the change ended the consent
    assert "<ins>hợp tác lâu dài</ins>" in client.get(f"{there}/versions/2?lang=vi").text
    agree(client, there)
    db.session.rollback()
    assert "chưa đồng ý" in as_manager.post(f"/exhibitor/agreements/{shared.id}/invite", follow_redirects=True).text
    assert documents.load(shared.id).state == "negotiation"
    db.session.rollback()
    agree(as_manager, here)
    settled = documents.load(shared.id)
    assert (settled.state, settled.frozen_digest) == ("signing", content.digest(settled))
    assert ours.link != theirs.link
    assert client.post(f"{there}/clauses/0/comment", data={"comment-0-text": "Muộn"}).status_code == 303
    assert "Muộn" not in client.get(there).text


def test_a_proposal_says_what_its_fields_stand_for_and_takes_no_unknown_ones(
    client: FlaskClient, shared: Agreement, theirs: Mailbox
) -> None:
    there, texts = f"{link_of(theirs)}", wording(shared, 0)
    shown = client.get(f"{there}?lang=vi").text.split('id="clause-0"')[1].split('id="clause-1"')[0]
    assert "<code>{subject_vi}</code>" in shown
    assert "hiện là: “dây chuyền sấy cà phê”" in shown
    wrong = texts | {"proposal-0-text_vi": "Giá {gia_tri} và {valeu}.", "proposal-0-heading_en": "Value {value}"}
    refused = client.post(f"{there}/clauses/0/propose?lang=vi", data=wrong)
    assert refused.status_code == 422
    assert "{gia_tri}, {valeu} không phải là trường" in refused.text
    assert 'id="proposal-0-heading_en-error"' in refused.text
    assert "Giá {gia_tri} và {valeu}." in refused.text  # what was typed stays
    assert proposals() == []


def test_a_changed_deal_ends_consents_and_an_old_page_agrees_to_nothing(
    client: FlaskClient, as_manager: FlaskClient, shared: Agreement, theirs: Mailbox
) -> None:
    there, digest = link_of(theirs), content.digest(shared)
    assert len(talking.consents(shared)) == 1  # of the side that put it before the others
    data = TYPED | {"version": str(documents.load(shared.id).version), "value": "30 tỷ"}
    db.session.rollback()
    as_manager.post(f"/exhibitor/agreements/{shared.id}/edit", data=data)
    answer = client.post(f"{there}/agree?lang=vi", data={"digest": digest}, follow_redirects=True)
    assert "Nội dung đã thay đổi" in answer.text or "changed while you read it" in answer.text
    assert db.session.scalars(db.select(Consent)).all() == []


def test_of_two_proposals_for_one_clause_the_second_is_overtaken(shared: Agreement) -> None:
    one, other = shared.parties
    for party, text in ((one, "Một."), (one, "Hai.")):
        talking.propose(shared, party, 0, {"text_vi": text}, "")
    first, second = proposals()
    talking.decide(shared, other, first, "accepted")
    with pytest.raises(talking.ProposalOutdated):
        talking.decide(shared, other, second, "accepted")
    assert (shared.clauses[0]["text_vi"], second.state) == ("Một.", "outdated")


def test_a_stranger_and_a_broken_link_find_nothing(
    client: FlaskClient, make_user: Any, sign_in: Any, shared: Agreement, theirs: Mailbox
) -> None:
    stranger = sign_in(make_user("other@example.vn"))
    assert stranger.get(f"/exhibitor/agreements/{shared.id}/negotiation").status_code == 404
    assert stranger.post(f"/exhibitor/agreements/{shared.id}/negotiation/agree").status_code == 404
    assert client.get(f"{link_of(theirs)}x").status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement SET value = 1",
        "UPDATE agreement SET clauses = '[]'",
        "UPDATE agreement SET frozen_digest = NULL",
        "UPDATE party SET name_vi = 'Khác' WHERE position = 1",
        "DELETE FROM party",
        "INSERT INTO milestone (agreement_id, position, title_vi, title_en, due_on, measure)"
        " SELECT id, 1, 'a', '', '2030-01-01', 'step' FROM agreement",
    ],
)
def test_the_database_itself_refuses_to_change_a_settled_text(sent: Agreement, statement: str) -> None:
    with pytest.raises(IntegrityError, match="settled"):
        db.session.execute(db.text(statement))
    db.session.rollback()


@pytest.mark.same_everywhere
@given(some.text("aă b.", max_size=20), some.text("aă b.", max_size=20))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    pieces = differences.between(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after

"""A deal as typed fields: several parties and technologies, ranges and currencies, milestones, who drafts what."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some

from techfair.accounts.models import User
from techfair.agreements import content, documents
from techfair.agreements.deal import values
from techfair.agreements.deal.forms import token
from techfair.agreements.models import Agreement
from techfair.agreements.negotiation import talking
from techfair.exhibitors import companies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.meetings.models import Connection
from tests.agreements.test_drafting import TYPED, only_agreement

NEW = "/exhibitor/agreements/new"
IN_DOLLARS = {
    "value": "1.000.000",
    "value_high": "1.500.000",
    "value_currency": "USD",
    "value_rate": "25.450,5",
    "value_rate_on": "2026-11-24",
    "area": "12,5",
    "transfer_form": "turnkey",
    "milestones-0-title_vi": "Chạy thử",
    "milestones-0-due_on": "2027-06-30",
    "milestones-0-measure": "step",
    "milestones-1-title_vi": "Giải ngân đợt một",
    "milestones-1-due_on": "2027-03-31",
    "milestones-1-measure": "capital",
    "milestones-1-planned": "10 tỷ",
    **{f"milestones-1-{name}": value for name, value in (("currency", "VND"), ("rate", ""), ("rate_on", ""))},
    "milestones-2-title_vi": "Giải ngân đợt hai",
    "milestones-2-due_on": "2027-04-30",
    "milestones-2-measure": "capital",
    "milestones-2-planned": "2 triệu USD",
    "milestones-2-currency": "USD",
    "milestones-2-rate": "25.450,5",
    "milestones-2-rate_on": "2026-11-24",
    "milestones-3-title_vi": "",
    "parties-2-name_vi": "株式会社高原",
    "parties-2-representative": "高橋 一郎",
    "parties-2-email": "ichiro@kogen.example.jp",
    "parties-2-language": "en",
}


@pytest.fixture
def technology(company: Company) -> Technology:
    technology = Technology(public_ref="t1", company_id=company.id, state="published", title_vi="Máy sấy cà phê")
    db.session.add(technology)
    db.session.commit()
    return technology


def test_a_deal_of_three_parties_in_dollars_keeps_all_it_was_given(
    as_manager: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    assert "Máy sấy cà phê" in as_manager.get(NEW).text
    typed = TYPED | IN_DOLLARS | {"technology_ids": str(technology.id)}
    assert as_manager.post(NEW, data=typed).status_code == 303
    agreement = only_agreement()
    assert (agreement.value, agreement.value_high, agreement.value_vnd) == (1_000_000, 1_500_000, 25_450_500_000)
    assert (agreement.area_m2, agreement.transfer_form, len(agreement.parties)) == (125_000, "turnkey", 3)
    assert [one.title_vi for one in agreement.milestones] == ["Giải ngân đợt một", "Giải ngân đợt hai", "Chạy thử"]
    frozen = content.of(agreement)
    assert (frozen["technologies"], frozen["milestones"][0]["planned"]) == (["t1"], 10_000_000_000)
    assert "currency" not in frozen["milestones"][0]  # reads as before there were others than đồng
    assert [frozen["milestones"][1][name] for name in ("planned", "currency", "rate")] == [2e6, "USD", "25450.500000"]
    page = as_manager.get(f"/exhibitor/agreements/{agreement.id}").text
    assert "từ 1.000.000 USD (bằng chữ: Một triệu đô la Mỹ) đến 1.500.000 USD" in page
    assert "theo tỷ giá 25.450,5 đồng cho 1 USD ngày 24/11/2026" in page
    assert "2 triệu USD, tương đương 50.901.000.000 đồng theo tỷ giá 25.450,5 đồng cho 1 USD" in page
    assert all(words in page for words in ("12,5 ha", "10 tỷ đồng", "株式会社高原", "Chìa khóa trao tay"))
    assert documents.render(agreement).startswith(b"%PDF-")


def test_what_the_form_shows_of_a_deal_saves_as_the_same_deal(
    as_manager: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    as_manager.post(NEW, data=TYPED | IN_DOLLARS)
    before = only_agreement()
    content_before, ids = content.of(before), [party.id for party in before.parties]
    page = as_manager.get(f"/exhibitor/agreements/{before.id}/edit").text
    typed = TYPED | IN_DOLLARS | {"version": str(before.version)}
    typed |= {f"parties-{n}-known": token(party.id, party.company_id) for n, party in enumerate(before.parties)}
    shown = ("2 triệu USD", "1 triệu USD", "1,5 triệu USD", "25.450,5", "12,5", "10 tỷ đồng", "2027-03-31")
    assert all(f'value="{one}"' in page for one in shown)
    db.session.rollback()
    assert as_manager.post(f"/exhibitor/agreements/{before.id}/edit", data=typed).status_code == 303
    after = only_agreement()
    assert (content.of(after), [party.id for party in after.parties]) == (content_before, ids)
    without = {name: "" if name.startswith("parties-1-") and "language" not in name else typed[name] for name in typed}
    emptied = without | {f"parties-1-{name}": typed[f"parties-2-{name}"] for name in ("name_vi", "email")}
    emptied |= {"parties-1-representative": "高橋 一郎", "parties-1-known": typed["parties-2-known"]}
    emptied |= {f"parties-2-{name}": "" for name in ("name_vi", "representative", "email")}
    emptied |= {"version": str(after.version)}
    assert as_manager.post(f"/exhibitor/agreements/{before.id}/edit", data=emptied).status_code == 303
    assert [(party.position, party.id) for party in only_agreement().parties] == [(1, ids[0]), (2, ids[2])]


def test_a_company_is_added_with_its_legal_data_and_cannot_be_forged(
    as_manager: FlaskClient, exhibitor: Exhibitor, make_user: Callable[..., User], fair: Fair
) -> None:
    other = companies.create(
        make_user("kim@saebom.example.kr"), ["food"], name_vi="새봄농업", country="KR", contact_name="김민준"
    )
    db.session.add(Exhibitor(fair_id=fair.id, company_id=other.id))
    db.session.commit()
    data = {name: value for name, value in TYPED.items() if not name.startswith("parties-1-")}
    answer = as_manager.post(NEW, data=data | {"more": "company", "another": str(other.id)})
    assert answer.status_code == 200
    assert 'value="새봄농업"' in answer.text
    assert 'value="김민준"' in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Agreement)) == 0
    db.session.rollback()
    as_manager.post(NEW, data=TYPED | {"parties-1-known": token(None, other.id)[:-2]})
    assert only_agreement().parties[1].company_id is None


def test_a_connection_is_turned_into_a_draft(as_manager: FlaskClient, exhibitor: Exhibitor, make_user: Any) -> None:
    other = companies.create(make_user("a@b.example.vn"), ["food"], name_vi="Trang trại Ia Grai", contact_name="An")
    db.session.flush()
    connection = Connection(
        fair_id=exhibitor.fair_id,
        first_id=min(exhibitor.company_id, other.id),
        second_id=max(exhibitor.company_id, other.id),
        subject_vi="Sấy hồ tiêu",
        subject_key="say ho tieu",
        source="other",
        state="confirmed",
        arose_on=date(2026, 11, 24),
    )
    db.session.add(connection)
    db.session.commit()
    address = f"{NEW}?connection_id={connection.id}"
    assert f'href="{address}"' in as_manager.get("/exhibitor/meetings").text
    assert all(shown in as_manager.get(address).text for shown in ("Sấy hồ tiêu", "Trang trại Ia Grai", "9900000111"))
    as_manager.post(address, data=TYPED)
    assert only_agreement().connection_id == connection.id


def test_organizers_draft_what_an_authority_issues_and_nothing_else(
    as_organizer: FlaskClient, as_steward: FlaskClient, fair: Fair, make_draft: Callable[..., Agreement]
) -> None:
    address = "/organizer/fairs/gia-lai/agreements"
    draft = make_draft()
    assert as_organizer.get(f"{address}/{draft.id}/edit").status_code == 404
    assert as_steward.get(f"{address}/new").status_code == 404
    assert as_organizer.post(f"{address}/new", data=TYPED).status_code == 422  # a memorandum is the parties' own
    answer = as_organizer.post(f"{address}/new", data=TYPED | {"kind": "investment_memorandum"})
    assert answer.status_code == 303
    assert "Gửi đường dẫn" in as_organizer.get(answer.location).text
    assert as_organizer.post(f"{answer.location}/share").status_code == 303
    assert len(talking.missing(documents.load(draft.id + 1))) == 2  # organizers agree for nobody


def test_what_was_frozen_before_keeps_its_digest(draft: Agreement) -> None:
    draft.content_format, draft.area_m2 = 1, 5
    assert set(content.of(draft)) == {*content.FORMAT_1, "valid_until_on", "clauses", "parties"}


@pytest.mark.same_everywhere
@given(some.integers(0, 10**15), some.decimals("0.000001", 10**6, places=6))
def test_the_value_in_dong_is_exact_to_half_a_dong(amount: int, rate: Decimal) -> None:
    exact, found = amount * rate, values.in_vnd(amount, "USD", rate)
    assert found is not None
    assert abs(found - exact) <= Decimal("0.5")

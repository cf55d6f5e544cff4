"""Templates of agreements: versions, fields, required contents, official layout."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import documents, drafting, kinds
from techfair.agreements.models import Agreement
from techfair.agreements.templates import checking
from techfair.agreements.templates.models import AgreementTemplate
from techfair.agreements.templates.words import COVERS, REQUIRED
from techfair.core import pdf
from techfair.extensions import db
from techfair.fairs.models import Fair

PAGES = "/organizer/fairs/gia-lai/agreements/templates"


def typed(**changed: str) -> dict[str, object]:
    """The memorandum's clauses as a browser would send them, some of them changed."""
    sent: dict[str, object] = {"title_vi": "Biên bản ghi nhớ", "title_en": "Memorandum", "version": "0"}
    for number, clause in enumerate(kinds.standard_clauses("memorandum")):
        sent |= {f"clauses-{number}-{name}": text for name, text in clause.items()}
        sent |= {f"clauses-{number}-covers": clause["covers"].split(",") if clause["covers"] else []}
        sent[f"clauses-{number}-place"] = str(number + 1)
    return sent | changed


def test_a_changed_template_is_a_new_version_and_drafts_keep_theirs(
    as_organizer: FlaskClient, make_draft: Callable[..., Agreement], fair: Fair
) -> None:
    before = make_draft()
    assert "{value}" in as_organizer.get(f"{PAGES}/memorandum").text
    changed = {"clauses-0-text_vi": "Vì {subject}.", "clauses-0-place": "2", "clauses-1-place": "1"}
    preview = as_organizer.post(f"{PAGES}/memorandum", data=typed(**changed, preview="1"))
    assert preview.data.startswith(b"%PDF-")
    assert as_organizer.post(f"{PAGES}/memorandum", data=typed(**changed)).status_code == 303
    again = as_organizer.post(f"{PAGES}/memorandum", data=typed(**changed))
    assert (again.status_code, "vừa sửa mẫu này" in again.text) == (409, True)
    assert "phiên bản 1" in as_organizer.get(PAGES).text
    after = make_draft()
    assert [clause["heading_en"] for clause in after.clauses[:2]] == ["Areas of cooperation", "Purpose"]
    assert documents.articles(after)[1]["text"]["vi"] == "Vì “dây chuyền sấy cà phê”."
    assert documents.load(before.id).clauses[0]["heading_en"] == "Purpose"
    assert db.session.scalar(db.select(db.func.count()).select_from(AgreementTemplate)) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"clauses-0-text_en": "For {valu}."}, "{valu}"),
        ({f"clauses-4-{name}": "" for name in ("heading_vi", "heading_en", "text_vi", "text_en")}, "thời hạn"),
    ],
)
def test_a_template_that_lacks_something_says_what(
    as_organizer: FlaskClient, fair: Fair, changed: dict[str, str], told: str
) -> None:
    answer = as_organizer.post(f"{PAGES}/memorandum", data=typed(**changed))
    assert (answer.status_code, told in answer.text) == (422, True)
    assert "Mục đích" in answer.text


def test_only_organizers_with_the_grant_see_templates(as_steward: FlaskClient, fair: Fair) -> None:
    assert as_steward.get(PAGES).status_code == 404
    assert as_steward.post(f"{PAGES}/memorandum").status_code == 404


def test_what_a_kind_must_contain_is_named_before_the_text_is_settled(
    as_manager: FlaskClient, draft: Agreement
) -> None:
    draft.clauses = [clause for clause in draft.clauses if clause["covers"] != "contact"]
    draft.clauses = [*draft.clauses[:-1], draft.clauses[-1] | {"text_vi": "Trên {area}."}]
    db.session.commit()
    answer = as_manager.post(f"/exhibitor/agreements/{draft.id}/invite", follow_redirects=True)
    assert "còn phải có: đầu mối liên hệ, diện tích" in answer.text
    assert documents.load(draft.id).state == "draft"


@pytest.mark.same_everywhere
@pytest.mark.parametrize("kind", REQUIRED)
def test_the_standard_text_of_each_kind_covers_what_the_kind_must_contain(kind: str) -> None:
    assert checking.uncovered(kind, kinds.standard_clauses(kind)) == []
    assert {one for clause in kinds.standard_clauses(kind) for one in clause["covers"].split(",") if one} <= set(COVERS)


@pytest.mark.parametrize("languages", ["vi", "en", "both"])
def test_a_document_speaks_the_languages_chosen(make_draft: Callable[..., Agreement], languages: str) -> None:
    draft = make_draft(partner="株式会社高原 · 새봄농업 · 绿谷", languages=languages)
    data = documents.data_of(draft)
    assert pdf.render("agreement", data).startswith(b"%PDF-")  # every letter has a font, or it would be refused
    assert data["words"]["number"] == {"vi": "Số:", "en": "No.:", "both": "Số: / No.:"}[languages]


def test_a_decision_has_the_layout_of_official_documents(make_draft: Callable[..., Agreement], manager: User) -> None:
    draft = make_draft(kind="investment_decision", place="Pleiku, Gia Lai", area_m2=125_000)
    with pytest.raises(checking.ContentMissing) as refused:
        drafting.freeze(draft, by=manager)
    assert len(refused.value.missing) == 1  # the schedule, that an article names
    draft.signed_on = date(2019, 11, 24)
    said = documents.data_of(draft)["decision"]
    assert said["place_and_date"] == "Pleiku, ngày 24 tháng 11 năm 2019"
    assert said["bases"][-1] == "Xét hồ sơ của nhà đầu tư Hợp tác xã Cao Nguyên,"
    assert [one["heading"]["vi"] for one in documents.articles(draft)][:2] == ["Điều 1. Dự án", "Điều 2. Vốn đầu tư"]
    places = pdf.signature_places("agreement", documents.data_of(draft))
    assert [place.key for place in places] == ["PartyA", "PartyB", "Seal"]

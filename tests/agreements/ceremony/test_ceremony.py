"""The run of show, the screen of the hall, and copies signed by hand."""

import hashlib
import io
import json
import re
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.exc import IntegrityError

from techfair.accounts.models import User
from techfair.agreements import checking, documents, signing
from techfair.agreements.ceremony import screens
from techfair.agreements.ceremony.models import Ceremony, CeremonyItem, PaperCopy
from techfair.agreements.cli import agreements
from techfair.agreements.models import Agreement, Signature
from techfair.core.mail import Mail
from techfair.extensions import db
from techfair.fairs.models import Fair
from tests.agreements.conftest import Mailbox, settle

TOLD = {"title_vi": "Lễ ký kết", "title_en": "Signing", "day": "2026-11-26", "time": "15:30"}
TOLD |= {"place_vi": "Sân khấu chính", "place_en": "Main stage"}


@pytest.fixture
def two(make_draft: Callable[..., Agreement], manager: User) -> list[int]:
    """Two agreements that wait for signatures."""
    ids = []
    for subject in ("Máy sấy cà phê", "Điện gió"):
        agreement = make_draft(subject_vi=subject)
        settle(agreement, manager)
        signing.invite(agreement, by=manager)
        db.session.commit()
        ids.append(agreement.id)
    return ids


@pytest.fixture
def here(two: list[int], as_organizer: FlaskClient, fair: Fair) -> str:
    """The page of a ceremony with both."""
    made = as_organizer.post(f"/organizer/fairs/{fair.slug}/ceremonies/new", data=TOLD)
    assert made.status_code == 303
    assert as_organizer.post(f"{made.location}/add", data={"agreement": two}).status_code == 303
    return made.location


def items() -> list[int]:
    found = db.session.scalars(db.select(CeremonyItem.id).order_by(CeremonyItem.position)).all()
    db.session.rollback()
    return list(found)


def screen_path() -> str:
    address = screens.address(db.session.scalars(db.select(Ceremony)).one())
    db.session.rollback()
    return re.sub(r"^https?://[^/]+", "", address)


def scan(kind: str = "PNG", colour: str = "white") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (30, 40), colour).save(file, kind)
    return io.BytesIO(file.getvalue())


def test_the_run_of_show_is_reordered_by_arrows_and_as_a_whole(here: str, as_organizer: FlaskClient) -> None:
    first, second = items()
    as_organizer.post(f"{here}/items/{second}/move", data={"to": "up"})
    assert items() == [second, first]
    as_organizer.post(f"{here}/items/{second}/move", data={"to": "up"})  # at the top it stays
    as_organizer.post(f"{here}/order", data={"item": [first, second]})
    assert items() == [first, second]
    as_organizer.post(f"{here}/order", data={"item": [first]})  # somebody added one meanwhile
    assert "vừa sửa kịch bản" in as_organizer.get(here).text
    assert items() == [first, second]


def test_people_seats_and_times_stand_on_page_and_paper(here: str, as_organizer: FlaskClient) -> None:
    first, _second = items()
    told = {"minutes": "5", "people-0-name": "Trần Đại Nghĩa", "people-0-part": "witness", "people-0-seat": "V1"}
    assert as_organizer.post(f"{here}/items/{first}", data=told | {"minutes": "0"}).status_code == 422
    assert as_organizer.post(f"{here}/items/{first}", data=told).status_code == 303
    shown = as_organizer.get(here).text
    assert "Trần Đại Nghĩa" in shown
    assert "15:35" in shown
    assert "Sân khấu chính" in shown
    assert "Main stage" in as_organizer.get(f"{here}?lang=en").text
    as_organizer.get(f"{here}?lang=vi")
    assert as_organizer.get(f"{here}/run-of-show.pdf").data.startswith(b"%PDF-")
    as_organizer.post(f"{here}/items/{first}/remove")
    assert len(items()) == 1


def test_the_screen_turns_a_pair_to_signed_and_asks_in_one_statement(
    here: str,
    as_organizer: FlaskClient,
    client: FlaskClient,
    at_most: Callable[..., Any],
    sign: Callable[[Mailbox], None],
    ours: Mailbox,
    theirs: Mailbox,
) -> None:
    screen = screen_path()
    as_organizer.post(f"{here}/stage", data={"item": items()[1]})
    with at_most(statements=1):
        before = client.get(f"{screen}/state")
    assert re.findall(r"<b>(\d/\d)</b>", before.text) == ["0/2"]
    again = client.get(f"{screen}/state", headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    sign(ours)  # the newest one: what is on the stage
    half = client.get(f"{screen}/state", headers={"If-None-Match": before.headers["ETag"]})
    assert 'ceremony-now" data-signed="no"' in half.text
    sign(theirs)
    after = client.get(f"{screen}/state", headers={"If-None-Match": before.headers["ETag"]}).text
    assert 'ceremony-now" data-signed="yes"' in after
    assert re.findall(r"<b>(\d/\d)</b>", after) == ["1/2"]
    assert not re.search(r'(src|href)="https?://', client.get(screen).text)  # the hall's own network is enough


def test_only_one_pair_is_on_the_stage(here: str, as_organizer: FlaskClient) -> None:
    for id in items():
        as_organizer.post(f"{here}/stage", data={"item": id})
    assert db.session.scalars(db.select(CeremonyItem.id).filter_by(is_on_stage=True)).all() == items()[1:]
    with pytest.raises(IntegrityError):
        db.session.execute(db.update(CeremonyItem).values(is_on_stage=True))
    db.session.rollback()


def test_the_code_of_a_pair_leads_each_signer_to_the_own_page(
    here: str, as_organizer: FlaskClient, client: FlaskClient
) -> None:
    page = as_organizer.get(f"{here}/items/{items()[0]}/code").text
    stage = re.search(r'href="https?://[^/]+(/stage/[^"]+)"', page)
    assert stage
    shown = client.get(stage[1]).text
    assert len(re.findall(r'href="[^"]+/sign/', shown)) == 2
    assert client.get(f"{stage[1][:-2]}zz").status_code == 404


def test_whoever_sees_the_code_of_a_pair_can_neither_decline_for_a_signer_nor_hand_over(
    here: str, as_organizer: FlaskClient, client: FlaskClient
) -> None:
    page = as_organizer.get(f"{here}/items/{items()[0]}/code").text
    stage = re.search(r'href="https?://[^/]+(/stage/[^"]+)"', page)
    assert stage
    own = re.search(r'href="https?://[^/]+(/sign/[^"]+)"', client.get(stage[1]).text)
    assert own
    assert client.get(own[1]).status_code == 200
    colleague = {"name": "Kẻ Lạ", "email": "la@example.vn", "reason": "Đi vắng"}
    answers = [
        client.post(f"{own[1]}/decline", data={"reason": "Không ký"}),
        client.post(f"{own[1]}/hand-over", data=colleague),
        client.get(f"{own[1]}/phone"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert {one.state for one in db.session.scalars(db.select(Signature))} <= {"invited", "viewed"}


@pytest.fixture
def bound(two: list[int], as_organizer: FlaskClient, fair: Fair, run_jobs: Callable[[], int], app: Flask) -> Agreement:
    """An agreement whose printed copy was signed by hand and photographed."""
    files = [(scan(), "trang 1.png"), (scan("JPEG", "grey"), "trang 2.jpg")]
    address = f"/organizer/fairs/{fair.slug}/agreements/{two[0]}/paper"
    day = fair.today.isoformat()
    db.session.rollback()
    answer = as_organizer.post(address, data={"files": files, "signed_on": day})
    assert answer.status_code == 303
    run_jobs()
    return documents.load(two[0])


def test_a_copy_signed_by_hand_completes_the_agreement_and_says_so_everywhere(
    bound: Agreement, client: FlaskClient, as_organizer: FlaskClient, fair: Fair
) -> None:
    assert (bound.state, len(bound.paper.pages)) == ("completed", 2)
    assert bound.paper.pages[0].digest == hashlib.sha256(scan().getvalue()).hexdigest()
    code, id, digest = bound.code, bound.id, bound.paper.pages[1].digest
    document, evidence = documents.present(bound), bound.evidence_digest
    db.session.rollback()
    shown = client.get(f"/verify/{code}").text
    assert "ký tay trên giấy" in shown
    assert digest in shown
    assert "các bên ký tay trên giấy" in client.post("/verify", data={"file": (io.BytesIO(document), "a.pdf")}).text
    same = client.post("/verify", data={"file": (scan("JPEG", "grey"), "anh.jpg")})
    assert (same.status_code, "Đúng bản quét trong hồ sơ" in same.text) == (200, True)
    record = as_organizer.get(f"/organizer/fairs/{fair.slug}/agreements/{id}").text
    assert "Ký tay trên giấy" in record
    kept = as_organizer.get(f"/organizer/fairs/{fair.slug}/agreements/{id}/paper/1")
    assert (kept.data, kept.headers["Content-Disposition"][:10]) == (scan().getvalue(), "attachment")
    mails = db.session.scalars(db.select(Mail).filter_by(template="agreement_completed")).all()
    assert all("ký tay" in mail.text or "by hand" in mail.text for mail in mails)
    assert evidence
    assert checking.check(documents.present(documents.load(id))).verdict == "paper"
    db.session.rollback()


def test_the_command_takes_a_copy_signed_by_hand_for_well_only_where_that_is_said_and_the_record_holds(
    app: Flask, bound: Agreement, two: list[int], tmp_path: Path, intruder: Any
) -> None:
    code, other, number, scanned = (
        bound.code,
        documents.load(two[1]).code,
        bound.number.replace("/", "-"),
        bound.paper.pages[0].digest,
    )
    db.session.rollback()

    def run(*words: str) -> tuple[int, str]:
        done = copy_context().run(app.test_cli_runner().invoke, agreements, list(words))
        return done.exit_code, done.output

    assert run("export", "gia-lai", "--directory", str(tmp_path), "--attachments")[0] == 0
    names = [f"{number}-paper-1.png", f"{number}-paper-2.jpg", f"{number}.pdf"]
    assert sorted(one.name for one in tmp_path.iterdir()) == names
    scan_file, _other_scan, document = (str(tmp_path / name) for name in names)
    for file in (document, scan_file):
        assert run("verify", file)[0] == 1  # no file holds the parties' signatures
        assert run("verify", file, "--paper", "--code", code)[0] == 0
        assert run("verify", file, "--paper", "--code", other)[0] == 1
    told = json.loads(run("verify", "--code", code, "--paper", "--json")[1])
    assert (told["ok"], told["verdict"], told["record"]["signed_by_hand"]["scans"][0]["sha256"]) == (
        True,
        "paper",
        scanned,
    )
    app.extensions["files"].remove(scanned)
    assert run("verify", document, "--paper")[0] == 1  # the record no longer holds a scan
    assert run("export", "gia-lai", "--directory", str(tmp_path), "--attachments")[0] == 1
    assert [run("verify")[0], run("verify", "--code", "NOTHING22")[0]] == [2, 1]
    db.session.rollback()
    intruder("UPDATE paper_page SET digest = 'f00' WHERE place = 1")
    assert run("verify", document, "--paper")[1].startswith("The record of the copy signed by hand does not hold")


def test_a_scan_exchanged_behind_our_back_shows(bound: Agreement, client: FlaskClient, intruder: Any) -> None:
    code = bound.code
    db.session.rollback()
    intruder("UPDATE paper_page SET digest = 'f00' WHERE place = 1")
    assert "Nguyên vẹn" not in client.get(f"/verify/{code}").text


def test_a_paper_that_cannot_be_is_refused_in_words(two: list[int], as_organizer: FlaskClient, fair: Fair) -> None:
    tries: dict[str, dict[str, object]] = {
        "trước ngày soạn": {"signed_on": "2019-01-01", "files": (scan(), "a.png")},
        "chưa đến": {"signed_on": "2199-01-01", "files": (scan(), "a.png")},
        "Chọn bản quét": {},
        "SVG": {"files": (io.BytesIO(b"<svg>"), "a.png")},
    }
    for says, values in tries.items():
        answer = as_organizer.post(f"/organizer/fairs/{fair.slug}/agreements/{two[0]}/paper", data=values)
        assert (answer.status_code, says in answer.text) == (422, True), says
    assert db.session.scalars(db.select(PaperCopy)).all() == []


def test_nobody_signs_electronically_what_was_bound_on_paper(
    bound: Agreement, as_organizer: FlaskClient, fair: Fair, as_manager: FlaskClient
) -> None:
    id, states = bound.id, {one.state for party in bound.parties for one in party.signatures}
    db.session.rollback()
    assert states == {"expired"}
    again = as_organizer.post(f"/organizer/fairs/{fair.slug}/agreements/{id}/paper", data={"files": (scan(), "b.png")})
    assert again.status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(PaperCopy)) == 1
    assert as_manager.get(f"/exhibitor/agreements/{id}/paper/2").status_code == 200


def test_ceremonies_of_others_stay_closed(here: str, sign_in: Callable[[User], FlaskClient], make_user: Any) -> None:
    assert sign_in(make_user("la@example.vn")).get(here).status_code == 404

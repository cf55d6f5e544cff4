"""All of the demo or nothing, nothing twice, and more visitors whenever they are wanted."""

import unicodedata

import pytest
from sqlalchemy import func, select

from techfair.agreements import documents
from techfair.agreements.models import Agreement
from techfair.core import audit
from techfair.demo import loading, people, visiting
from techfair.demo.accounts import FILE
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.models import Application, CompanyMember
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors import badges, gates
from techfair.visitors.booth_people.models import StaffBadge
from techfair.visitors.gate_models import Gate
from techfair.visitors.models import Badge, Registration
from tests.fixtures.demo import FEW

VISITOR = {"full_name": "Ksor H'Nga", "contact": "hnga@example.vn", "kind": "visitor", "form_token": "once"}


def test_a_second_load_changes_nothing_and_says_so(demo_fair, command, rows):
    before = rows()
    assert "The demo fair is loaded already." in command("demo").stdout
    assert rows() == before


def test_more_visitors_come_behind_those_who_are_there(demo_fair, command):
    kept = db.session.scalars(select(Registration.id).order_by(Registration.id)).all()
    assert "50 more visitors" in command("demo", "--visitors", str(FEW + 50)).stdout
    assert visiting.count(demo_fair) == FEW + 50
    assert db.session.scalars(select(Registration.id).order_by(Registration.id)).all()[: len(kept)] == kept


def test_fewer_visitors_take_nobody_away(demo_fair, command):
    command("demo", "--visitors", "10")
    assert visiting.count(demo_fair) == FEW


def test_after_the_load_others_register_without_a_clash(demo_fair, client):
    assert client.post(f"/fairs/{demo_fair.slug}/register", data=VISITOR).status_code == 303
    assert db.session.scalar(select(func.count()).where(Registration.email == VISITOR["contact"])) == 1


def test_an_interrupted_load_leaves_nothing(app, rows):
    before = rows()

    def interrupted(visitors: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(10, interrupted)
    db.session.rollback()
    assert rows() == before


def test_where_a_fair_is_the_demo_stays_away_if_asked_to(fair, command):
    assert command("demo", "--if-empty", "--show-accounts").stdout == ""
    assert loading.loaded() is None


def test_a_database_with_a_fair_of_its_own_takes_the_demo_beside_it(fair, command):
    assert "loaded, with 5 visitors" in command("demo", "--visitors", "5").stdout
    assert db.session.scalars(select(Fair.number).order_by(Fair.number)).all() == [1, 2]


def test_the_load_stands_in_the_audit_log_and_the_chain_holds(demo_fair):
    (entry,) = [entry for entry in audit.of(demo_fair) if entry.action == "demo.loaded"]
    assert entry.details == {"visitors": FEW}
    assert audit.verify()[1] is None


def test_the_accounts_are_for_their_owner_alone(demo_fair, settings, command):
    assert (settings.instance / FILE).stat().st_mode & 0o777 == 0o600
    shown = command("demo", "--show-accounts").stdout.splitlines()[-4:]
    roles = [line.split()[0].partition("@")[0] for line in shown]
    assert roles == ["organizer", "steward", "exhibitor", "admin"]
    assert len({line.split()[1] for line in shown}) == 1


@pytest.mark.parametrize("role", ["organizer", "steward", "exhibitor", "admin"])
def test_each_role_signs_in_with_the_password_of_the_file(demo_fair, client, settings, role):
    password = (settings.instance / FILE).read_text(encoding="utf-8").split()[1]
    answer = client.post("/sign-in", data={"email": f"{role}@example.vn", "password": password})
    assert answer.status_code == 303


def test_the_demo_exhibitor_has_technologies(demo_fair):
    mine = select(func.count()).select_from(Technology)
    mine = mine.join(CompanyMember, CompanyMember.company_id == Technology.company_id)
    assert db.session.scalar(mine) > 0


def test_the_first_gate_is_an_entrance_called_a(demo_fair):
    first = db.session.scalars(select(Gate).filter_by(fair_id=demo_fair.id).order_by(Gate.code)).first()
    assert (first.code, first.place) == ("A", "entrance")
    assert gates.has_entrance(demo_fair)


def test_some_companies_wait_for_an_answer_and_others_have_one(demo_fair):
    rows = select(Application.state, func.count()).where(Application.state != "approved").group_by(Application.state)
    found = {row[0]: row[1] for row in db.session.execute(rows)}
    assert found == {"submitted": 4, "returned": 1, "waiting": 1, "declined": 1}


def test_companies_have_one_to_three_contacts_each_with_a_staff_badge(demo_fair):
    contacts = select(func.count()).select_from(CompanyContact).join(CompanyContact.company)
    staff = select(StaffBadge.exhibitor_id, func.count()).group_by(StaffBadge.exhibitor_id)
    counts = [row[1] for row in db.session.execute(staff)]
    assert set(counts) == {1, 2, 3}
    assert sum(counts) == len(counts) + db.session.scalar(contacts)


def test_technologies_and_needs_keep_the_ids_of_the_data(demo_fair, client):
    for path in ("technologies/t001", "technologies/t240", "needs/n001", "needs/n080"):
        assert client.get(f"/fairs/{demo_fair.slug}/{path}").status_code == 200


def test_mail_of_the_demo_goes_to_the_outbox_whatever_server_there_is(demo_fair, app, client, mails):
    app.config["SMTP_URL"] = "smtp://mail.example.vn"
    client.post(f"/fairs/{demo_fair.slug}/register", data=VISITOR)
    (sent,) = mails()
    assert (sent.to_address, sent.channel, sent.state) == (VISITOR["contact"], "outbox", "sent")


def test_badges_of_the_demo_are_read_by_its_gates(demo_fair):
    worn = db.session.scalars(select(Badge).order_by(Badge.id.desc()).limit(3)).all()
    codes = {badges.address(badge, demo_fair): badge.number for badge in worn}
    found = badges.find(demo_fair, codes)
    assert {code: known.badge.number for code, known in found.items()} == codes


def test_each_completed_agreement_has_its_document_and_it_is_intact(demo_fair):
    ids = db.session.scalars(select(Agreement.id).filter_by(state="completed")).all()
    kept = [documents.load(id) for id in ids]
    assert len(kept) == 22
    assert all(documents.is_intact(agreement) and documents.present(agreement)[:5] == b"%PDF-" for agreement in kept)


def test_a_changed_value_breaks_the_seal_of_its_document(demo_fair, intruder):
    id = db.session.scalars(select(Agreement.id)).first()
    intruder(f"UPDATE agreement SET value = 1 WHERE id = {id}")
    assert not documents.is_intact(documents.load(id))


@pytest.mark.same_everywhere
def test_names_are_composed_letters_and_the_same_person_stays_the_same():
    names = [people.visitor(number).full_name for number in range(1, 2000)]
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert names[:50] == [people.visitor(number).full_name for number in range(1, 51)]
    assert len(set(names)) > 1000

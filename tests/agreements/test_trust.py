"""Whom the installation believes, and by whose certificate a fair seals: decided by people, logged, undone again."""

from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from techfair.accounts.models import User
from techfair.agreements import checking, documents
from techfair.agreements.models import Agreement
from techfair.agreements.sealing.identities import der
from techfair.agreements.trust.models import SealCertificate, TrustAnchor
from techfair.core.audit import AuditEntry
from techfair.extensions import db
from tests.agreements.conftest import settle
from tests.agreements.sealing import pki
from tests.agreements.test_own_certificate import PASSWORD, p12

SEAL = "/organizer/fairs/gia-lai/seal"


def file(data: bytes) -> dict[str, object]:
    return {"file": (BytesIO(data), "a")}


def test_the_administrator_adds_and_removes_authorities_and_the_log_says_so(
    as_administrator: FlaskClient, as_organizer: FlaskClient
) -> None:
    root = der(pki.root().certificate)
    assert as_organizer.get("/admin/trust/").status_code == 404
    for data, words in (
        (b"x", "không chứa chứng thư số"),
        (der(pki.issue("Ai").certificate), "Hãy nạp chứng thư của bên"),
    ):
        answer = as_administrator.post("/admin/trust/", data=file(data))
        assert (answer.status_code, words in answer.text) == (422, True)
    assert as_administrator.post("/admin/trust/", data=file(root)).status_code == 303
    assert "đã được tin cậy" in as_administrator.post("/admin/trust/", data=file(root)).text
    anchor = db.session.scalars(db.select(TrustAnchor)).one()
    address = f"/admin/trust/{anchor.id}"
    db.session.commit()
    assert "không phải danh sách" in as_administrator.post(f"{address}/list", data=file(b"x")).text
    crl = pki.withdrawn_list(pki.issue("Ai"), pki.NOW)
    assert as_administrator.post(f"{address}/list", data=file(crl)).status_code == 303
    assert "Thử nghiệm CA" in as_administrator.get("/admin/trust/").text
    as_administrator.post(f"{address}/remove")
    assert "Thử nghiệm CA" not in as_administrator.get("/admin/trust/").text
    deeds = db.session.scalars(db.select(AuditEntry.action).where(AuditEntry.action.like("trust.%"))).all()
    assert sorted(deeds) == ["trust.added", "trust.list_given", "trust.removed"]


def test_the_organisation_s_own_certificate_seals_and_its_key_is_forgotten_when_it_goes(
    as_administrator: FlaskClient,
    as_organizer: FlaskClient,
    make_draft: Callable[..., Agreement],
    manager: User,
) -> None:
    seal = p12(pki.issue("Sở Khoa học và Công nghệ"))
    refused = as_organizer.post(SEAL, data=file(seal) | {"password": PASSWORD})
    assert (refused.status_code, "không được tin cậy" in refused.text) == (422, True)
    as_administrator.post("/admin/trust/", data=file(der(pki.root().certificate)))
    assert as_organizer.post(SEAL, data=file(seal) | {"password": "sai"}).status_code == 422
    assert as_organizer.post(SEAL, data=file(seal) | {"password": PASSWORD}).status_code == 303
    assert "Sở Khoa học và Công nghệ" in as_organizer.get(SEAL).text
    draft = make_draft()
    settle(draft, manager)
    db.session.commit()
    first = checking.check(documents.present(draft)).report.findings[0]
    assert (first.signer, first.is_own, first.reason) == ("Sở Khoa học và Công nghệ", False, "")
    db.session.commit()
    as_organizer.post(f"{SEAL}/drop")
    db.session.expire_all()
    assert [row.sealed_key for row in db.session.scalars(db.select(SealCertificate))] == [None]

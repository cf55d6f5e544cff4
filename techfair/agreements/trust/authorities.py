"""A fair's own authority and what it certifies: the evidence of signatures by mailed code, and the fair's seal.

It says who made it: whoever trusts it trusts the fair's record, not an authority that checked anybody's papers.
"""

import base64
from datetime import datetime

from techfair.accounts.models import User
from techfair.agreements.sealing import authority
from techfair.agreements.sealing.identities import Identity, der, read_identity
from techfair.agreements.trust.models import FairAuthority, SealCertificate
from techfair.core import audit, clock, sealed
from techfair.core.database import alone
from techfair.extensions import db
from techfair.fairs.models import Fair

MAKING_LOCK = 7_301_023  # two who need the authority at the same moment get the same one
OWN = "Do hội chợ tự cấp / Issued by the fair itself"
BY_CODE = "Xác nhận bằng mã qua thư / By mailed code"


def own_authority(fair: Fair, at: datetime | None = None) -> Identity:
    """The fair's authority with its key, made on first use; ``at`` is then its beginning, by default now."""
    row = db.session.get(FairAuthority, fair.id)
    if row is None:
        alone(MAKING_LOCK)
        row = db.session.get(FairAuthority, fair.id, populate_existing=True) or _found(fair, at or clock.now())
    return read_identity(row.certificate, sealed.unseal(row.sealed_key), [])


def for_signer(fair: Fair, name: str, party: str, email: str, at: datetime | None = None) -> Identity:
    """A certificate for one signature by mailed code; its key lives as long as the object and is kept nowhere."""
    root = own_authority(fair, at)
    return authority.issue(root, authority.name(name, party, BY_CODE), at or clock.now(), email=email)


def seal_of(fair: Fair, at: datetime | None = None) -> Identity:
    """What the fair's documents are certified and sealed by: the certificate brought, else the fair's own."""
    row = in_use(fair)
    if row is None:
        alone(MAKING_LOCK)
        row = in_use(fair) or _own_seal(fair, at or clock.now())
    chain = [base64.b64decode(one) for one in row.chain]
    return read_identity(row.certificate, sealed.unseal(row.sealed_key or b""), chain)


def in_use(fair: Fair) -> SealCertificate | None:
    """The certificate that the fair seals by now, if it has one yet."""
    mine = db.select(SealCertificate).filter_by(fair_id=fair.id, ended_at=None)
    return db.session.scalars(mine).one_or_none()


def bring_seal(fair: Fair, identity: Identity, *, by: User) -> SealCertificate:
    """Seal by the organisation's certificate from now on; the key before is forgotten."""
    alone(MAKING_LOCK)
    _end(fair)
    row = _keep(fair, identity, "brought", by)
    audit.record("seal.brought", row, by=by, subject=identity.certificate.subject.rfc4514_string())
    return row


def drop_seal(fair: Fair, *, by: User) -> None:
    """Go back to the fair's own seal; the key of the one before is forgotten."""
    alone(MAKING_LOCK)
    row = in_use(fair)
    if row is not None and row.source == "brought":
        _end(fair)
        audit.record("seal.dropped", row, by=by)


def _found(fair: Fair, at: datetime) -> FairAuthority:
    name = authority.name(f"CA {fair.slug} (techfair)", fair.unit.name_vi, OWN)
    made = authority.found(name, at)
    row = FairAuthority(fair_id=fair.id, certificate=der(made.certificate), sealed_key=sealed.seal(made.key_bytes()))
    db.session.add(row)
    audit.record("authority.made", row, fair_id=fair.id)
    return row


def _own_seal(fair: Fair, at: datetime) -> SealCertificate:
    made = authority.issue(own_authority(fair, at), authority.name(fair.name_vi, fair.unit.name_vi, OWN), at)
    return _keep(fair, made, "own", None)


def _keep(fair: Fair, identity: Identity, source: str, by: User | None) -> SealCertificate:
    row = SealCertificate(
        fair_id=fair.id,
        source=source,
        certificate=der(identity.certificate),
        chain=[base64.b64encode(der(one)).decode() for one in identity.chain],
        sealed_key=sealed.seal(identity.key_bytes()),
        set_by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _end(fair: Fair) -> None:
    row = in_use(fair)
    if row is not None:
        row.ended_at, row.sealed_key = clock.now(), None
        db.session.flush()

"""Whose certificates this installation believes: its fairs' own authorities, and those its administrator added."""

from flask_babel import lazy_gettext as _l

from techfair.accounts.models import User
from techfair.agreements.sealing.findings import Trust
from techfair.agreements.sealing.identities import DER, der, fingerprint, label
from techfair.agreements.sealing.reading import certificate_in, is_authority, list_in
from techfair.agreements.trust.models import FairAuthority, TrustAnchor
from techfair.core import audit, clock
from techfair.core.refusal import InputRefused
from techfair.extensions import db


class AnchorRefused(InputRefused):
    """A file that no authority is believed by: not_a_certificate, not_an_authority, known, not_a_list, foreign_list."""


def believed() -> Trust:
    """Everyone believed now, for a verification."""
    own = list(db.session.scalars(db.select(FairAuthority.certificate)))
    anchors = all_anchors()
    lists = tuple(anchor.withdrawn_list for anchor in anchors if anchor.withdrawn_list)
    roots = (*own, *(anchor.certificate for anchor in anchors))
    return Trust(roots, frozenset(fingerprint(certificate_in(one)) for one in own), lists)


def all_anchors() -> list[TrustAnchor]:
    """The authorities that the administrator believes, by name."""
    standing = db.select(TrustAnchor).filter_by(removed_at=None).order_by(TrustAnchor.name, TrustAnchor.id)
    return list(db.session.scalars(standing))


def add(file: bytes, *, by: User) -> TrustAnchor:
    """Believe an authority by its certificate (PEM or DER); raises AnchorRefused."""
    try:
        certificate = certificate_in(file)
    except ValueError as error:
        raise AnchorRefused("not_a_certificate", _l("This file holds no certificate (PEM or DER).")) from error
    if not is_authority(certificate):
        message = _l("This is a person’s or organisation’s certificate. Give that of the authority that issued it.")
        raise AnchorRefused("not_an_authority", message)
    digest = fingerprint(certificate)
    if any(anchor.fingerprint == digest for anchor in all_anchors()):
        raise AnchorRefused("known", _l("This authority is trusted already."))
    row = TrustAnchor(
        name=label(certificate.subject), certificate=der(certificate), fingerprint=digest, added_by_id=by.id
    )
    db.session.add(row)
    audit.record("trust.added", row, by=by, name=row.name, digest=digest)
    return row


def give_list(anchor: TrustAnchor, file: bytes, *, by: User) -> None:
    """Take an authority's newest list of withdrawn certificates (CRL); raises AnchorRefused."""
    given = list_in(file)
    if given is None:
        raise AnchorRefused("not_a_list", _l("This file is no list of withdrawn certificates (CRL)."))
    if not given.is_signature_valid(certificate_in(anchor.certificate).public_key()):  # type: ignore[arg-type]
        raise AnchorRefused("foreign_list", _l("Another authority signed this list."))
    anchor.withdrawn_list = given.public_bytes(DER)
    audit.record("trust.list_given", anchor, by=by, name=anchor.name)


def remove(anchor: TrustAnchor, *, by: User) -> None:
    """Believe an authority no longer; what it vouched for is then said to be of an unknown issuer."""
    if anchor.removed_at is None:
        anchor.removed_at = clock.now()
        audit.record("trust.removed", anchor, by=by, name=anchor.name, digest=anchor.fingerprint)

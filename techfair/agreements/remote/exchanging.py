"""A signature at a service, in two visits: the signer signs in there, then releases the key for one digest.

Between the visits nothing is in the document: it is prepared aside, and put in when the signature has come back.
Each step asks a network, so it ends the transaction before and writes in another one after.
"""

import base64
import hashlib
import secrets
from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from techfair.agreements import documents, filing, own_certificate, signing
from techfair.agreements.models import Agreement, Signature
from techfair.agreements.remote import waiting
from techfair.agreements.remote.models import RemoteSigning, SigningService
from techfair.agreements.sealing import exchange
from techfair.agreements.sealing.csc import CloudKey, Service, ServiceRefused
from techfair.agreements.sealing.exchange import SignatureWrong
from techfair.core import clock, links, outside, sealed
from techfair.core.errors import TechfairError
from techfair.core.languages import language
from techfair.extensions import db

LIVES = timedelta(minutes=30)


class NotSignedThere(TechfairError):
    """Why nothing was signed; ``message`` is for the signer."""

    code, status = "not_signed_there", 422
    message = _l("The signing service did not sign. Nothing was changed; try again, or sign in another way.")


def return_address() -> str:
    """Where a service sends people back to."""
    return f"{current_app.config['BASE_URL']}/sign/service/return"


def start(signature: Signature, service: SigningService) -> RemoteSigning:
    """Begin; what was begun before ends."""
    old = RemoteSigning.started_at < clock.now() - LIVES
    db.session.execute(delete(RemoteSigning).where((RemoteSigning.signature_id == signature.id) | old))
    kept = {"verifier": _seal(secrets.token_urlsafe(48))}
    row = RemoteSigning(signature_id=signature.id, service_id=service.id, service=service, kept=kept)
    db.session.add(row)
    db.session.flush()
    return row


def address(row: RemoteSigning) -> str:
    """Where the signer goes now."""
    verifier = _unseal(row.kept["verifier"])
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "state": links.sign("remote_signing", row.id),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "lang": language(),
    }
    if row.step == "release":
        digest = waiting.prepared(row.kept).digest
        asked |= {
            "scope": "credential",
            "credentialID": row.kept["credential"],
            "numSignatures": "1",
            "hashes": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
        }
    return _service(row).authorize_address(return_address(), asked)


def signed_in(row: RemoteSigning, code: str) -> None:
    """After the first visit: take the certificate and prepare the document. Raises CertificateRefused too."""
    service, verifier = _service(row), _unseal(row.kept["verifier"])
    id, signature_id = row.id, row.signature_id
    db.session.rollback()
    try:
        token = service.token(code, verifier, return_address())
        key = CloudKey(service.address, service.credentials(token)[0], token, post=post)
        certificates = key.certificates()
    except (ServiceRefused, ValueError, KeyError, IndexError) as error:
        raise NotSignedThere from error
    row, signature, agreement = _again(id, signature_id)
    own_certificate.require_right(certificates, signature)
    said = own_certificate.ask_issuer(certificates)
    row, signature, agreement = _again(id, signature_id)
    at = clock.now()
    signing.require_turn(signature, agreement)
    prepared = filing.prepared(agreement, signature, certificates, at)
    row.step = "release"
    row.kept = waiting.kept(prepared, certificates, agreement.document_digest, at, said) | {
        "verifier": _seal(secrets.token_urlsafe(48)),
        "token": _seal(token),
        "credential": key.credential,
    }


def released(row: RemoteSigning, code: str) -> None:
    """After the second visit: fetch the signature and put it in. Raises NotSignedThere, SignedMeanwhile."""
    service, kept, prepared = _service(row), row.kept, waiting.prepared(row.kept)
    id, signature_id = row.id, row.signature_id
    certificates = waiting.certificates(kept)
    db.session.rollback()
    try:
        sad = service.token(code, _unseal(kept["verifier"]), return_address())
        key = CloudKey(service.address, kept["credential"], _unseal(kept["token"]), post=post)
        made = key.signature(prepared.digest, sad, certificates[0])
        file = exchange.finish(prepared, certificates, made)
    except (ServiceRefused, SignatureWrong, ValueError, KeyError, IndexError) as error:
        raise NotSignedThere from error
    row, signature, agreement = _again(id, signature_id)
    signing.sign_elsewhere(
        signature,
        agreement,
        waiting.signed(kept, file),
        issuer_says=kept["issuer_says"],
        where="at a signing service",
    )
    db.session.delete(row)


def end(id: int) -> None:
    """Forget a way that ended without a signature."""
    db.session.execute(delete(RemoteSigning).filter_by(id=id))


def post(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Ask a service, as any server outside is asked."""
    try:
        answer = outside.fetch(url, body, headers=headers, seconds=10)
    except outside.Unreachable as error:
        raise ServiceRefused("unreachable") from error
    return answer.status, answer.body


def _again(id: int, signature_id: int) -> tuple[RemoteSigning, Signature, Agreement]:
    """The rows in a new transaction, held; raises NotSignedThere where the way has ended meanwhile."""
    signature = db.session.get_one(Signature, signature_id)
    agreement = documents.load(signature.agreement_id, for_update=True)
    row = db.session.get(RemoteSigning, id, populate_existing=True)
    if row is None:
        raise NotSignedThere
    return row, signature, agreement


def _service(row: RemoteSigning) -> Service:
    given = row.service
    secret = sealed.unseal(given.sealed_secret).decode() if given.removed_at is None else ""
    return Service(given.address, given.client_id, secret, post)


def _seal(secret: str) -> str:
    return sealed.seal(secret.encode()).decode()


def _unseal(kept: str) -> str:
    return sealed.unseal(kept.encode()).decode()

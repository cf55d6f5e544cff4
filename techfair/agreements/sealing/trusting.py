"""Whether a certificate is believed at a time: its chain, its purpose, its term, and lists of withdrawn ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from asn1crypto import x509
from cryptography import x509 as pyca
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from techfair.agreements.sealing.findings import Trust

SIGNING = {"digital_signature", "non_repudiation"}
STAMPING = "time_stamping"
# By their names in asn1crypto, and where it has none by number: RFC 9336, Microsoft, Adobe.
MAY_SIGN = {"any_extended_key_usage", "email_protection", "client_auth", "microsoft_document_signing"}
MAY_SIGN |= {"1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5"}


@dataclass(frozen=True)
class Judgement:
    """Why a certificate is not believed (empty: it is), and the chain as far as known."""

    reason: str
    chain: tuple[str, ...] = ()
    is_own: bool = False
    is_withdrawal_known: bool = False


class Judge:
    """Judges certificates by whom the caller believes."""

    def __init__(self, trust: Trust, lists: Iterable[bytes] = (), known: Sequence[x509.Certificate] = ()) -> None:
        self.roots = [x509.Certificate.load(one) for one in trust.roots]
        self.own, self.known = trust.own, list(known)
        self.lists = [one for one in map(_read_list, lists) if one is not None]

    def context(self, moment: datetime, others: Iterable[x509.Certificate] = ()) -> ValidationContext:
        """What the library asks: nothing from a network; withdrawal is looked up here, not there."""
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=[*self.known, *others],
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    def judge(
        self,
        certificate: x509.Certificate,
        others: Iterable[x509.Certificate],
        *,
        proven_at: datetime | None,
        claimed_at: datetime | None,
        now: datetime,
        is_stamp: bool = False,
    ) -> Judgement:
        """Whether a signer's certificate held when it signed: ``proven_at`` a time stamp says, else now."""
        if not _is_for(certificate, is_stamp):
            return Judgement("wrong_purpose")
        others, moment = list(others), proven_at or now
        if moment < certificate.not_valid_before:
            return Judgement("not_yet_valid")
        if moment <= certificate.not_valid_after:
            return self._judged_at(certificate, others, moment)
        if claimed_at and certificate.not_valid_before <= claimed_at <= certificate.not_valid_after:
            judged = self._judged_at(certificate, others, claimed_at)
            reason = judged.reason or "time_claimed"
            return Judgement(reason, judged.chain, judged.is_own, judged.is_withdrawal_known)
        return Judgement("expired")

    def _judged_at(self, certificate: x509.Certificate, others: list[x509.Certificate], moment: datetime) -> Judgement:
        validator = CertificateValidator(certificate, others, validation_context=self.context(moment, others))
        try:
            path = _run(validator)
        except Exception:  # each kind of failure has its own class; to the reader it is one: no believed chain
            return Judgement("unknown_issuer", (shown(certificate.subject), shown(certificate.issuer)))
        chain = list(path)
        names = tuple(shown(one.subject) for one in reversed(chain))
        is_own = chain[0].sha256.hex() in self.own
        is_withdrawn, is_known = self._withdrawal(chain, moment)
        return Judgement("withdrawn" if is_withdrawn else "", names, is_own, is_known)

    def _withdrawal(self, chain: list[x509.Certificate], moment: datetime) -> tuple[bool, bool]:
        """Whether one of the chain was withdrawn by then, and whether the signer's issuer gave a list at all."""
        is_known = False
        for issuer, certificate in pairwise(chain):
            for given in self.lists:
                if not _is_from(given, issuer):
                    continue
                is_known = is_known or certificate is chain[-1]
                entry = given.get_revoked_certificate_by_serial_number(certificate.serial_number)
                if entry is not None and entry.revocation_date_utc <= moment:
                    return True, True
        return False, is_known


def part(name: x509.Name, wanted: str) -> str:
    """A part of a name, such as common_name; empty where there is none."""
    value = name.native.get(wanted, "")
    return value if isinstance(value, str) else ", ".join(value)


def tax_code(name: x509.Name) -> str:
    """The tax code as Vietnamese authorities write it: in the user id or serial number, after MST:."""
    for place in ("user_id", "serial_number", "organization_identifier"):
        value = part(name, place)
        if value.upper().startswith("MST:"):
            return value[4:]
    return ""


def shown(name: x509.Name) -> str:
    """What to call the bearer of a name."""
    named = (part(name, kind) for kind in ("common_name", "organization_name", "email_address"))
    return next(filter(None, named), str(name.human_friendly))


def _run(validator: CertificateValidator) -> ValidationPath:
    """The path, whether or not an event loop runs already: nothing here waits for anything outside."""
    coroutine = validator.async_validate_path()
    try:
        coroutine.send(None)
    except StopIteration as done:
        path: ValidationPath = done.value
        return path
    coroutine.close()
    raise RuntimeError("the validator waits for something outside")


def _is_for(certificate: x509.Certificate, is_stamp: bool) -> bool:
    """Whether the certificate's own purposes allow signing documents, or stamping times."""
    purposes = set(certificate.extended_key_usage_value.native) if certificate.extended_key_usage_value else set()
    if is_stamp:
        return STAMPING in purposes
    usage = set(certificate.key_usage_value.native) if certificate.key_usage_value else SIGNING
    return bool(usage & SIGNING) and (not purposes or bool(purposes & MAY_SIGN))


def _read_list(der: bytes) -> pyca.CertificateRevocationList | None:
    try:
        return pyca.load_der_x509_crl(der)
    except ValueError:
        return None


def _is_from(given: pyca.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    root = pyca.load_der_x509_certificate(issuer.dump())
    if given.issuer != root.subject:
        return False
    try:
        return given.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False

"""What verifying a PDF finds, as plain values: per signature, and for the whole file. Words for it are elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime

# Reasons why a signature's certificate is not believed, and what a whole file comes to, worst first.
REASONS = ("withdrawn", "expired", "not_yet_valid", "wrong_purpose", "unknown_issuer", "time_claimed")
UNREADABLE = ("too_large", "not_a_pdf", "encrypted", "corrupt")


@dataclass(frozen=True)
class Finding:
    """One signature of a file."""

    field: str
    kind: str  # certification, party, witness, seal, timestamp or other
    is_intact: bool = False  # the bytes under it are those that were signed
    covers: str = "part"  # the "whole" file, a "version" of it, or only a "part"
    later: str = "changed"  # what came after it: "nothing", "permitted", "changed"
    reason: str = ""  # why its certificate is not believed; empty: it is
    signer: str = ""
    subject: str = ""
    organisation: str = ""
    tax_code: str = ""
    certificate: str = ""  # SHA-256 of it
    chain: tuple[str, ...] = ()  # names, the signer's first, as far as it is believed
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    claimed_at: datetime | None = None  # by the signer's clock
    stamped_at: datetime | None = None  # by a time stamp authority that is believed
    is_own: bool = False  # the chain ends at a fair's own authority
    is_withdrawal_known: bool = False  # a list of withdrawn certificates was at hand
    level: str = "B-B"  # of PAdES: B-B, B-T, B-LT, B-LTA
    location: str = ""
    stated_reason: str = ""

    @property
    def is_good(self) -> bool:
        return self.is_intact and not self.reason and self.covers != "part" and self.later != "changed"


@dataclass(frozen=True)
class Report:
    """What a file is: unreadable, or its signatures in the order they were made, and fields still empty."""

    unreadable: str = ""
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    is_rewritten: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is laid out as techfair lays out a document: certified, and with a seal or room for one."""
        fields = {finding.field for finding in self.findings}
        return "Certification" in fields and ("Seal" in fields or "Seal" in self.missing)

    @property
    def verdict(self) -> str:
        """One word for all of it: ``good``, or what is the matter, the worst first."""
        if self.unreadable:
            return self.unreadable
        if not self.findings:
            return "unsigned"
        if self.is_rewritten:
            return "rewritten"
        if any(not one.is_intact or one.covers == "part" for one in self.findings):
            return "changed"
        if any(one.later == "changed" for one in self.findings) or not self._ends_signed():
            return "changed_after"
        if reason := next((reason for reason in REASONS for one in self.findings if one.reason == reason), ""):
            return reason
        if not self.is_ours:
            return "not_ours"
        return "incomplete" if self.missing else "good"

    def _ends_signed(self) -> bool:
        """The last signature covers the file, or nothing but validation data follows it."""
        last = self.findings[-1]
        return last.covers == "whole" or last.later == "permitted"


@dataclass(frozen=True)
class Trust:
    """Whom a verification believes: DER certificates, and lists of withdrawn ones."""

    roots: tuple[bytes, ...]
    own: frozenset[str] = field(default_factory=frozenset)  # SHA-256 of the roots that are a fair's own
    lists: tuple[bytes, ...] = ()

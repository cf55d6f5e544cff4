"""A document that waits for a signature made elsewhere, as plain values that a row may keep between two visits."""

import base64
from datetime import datetime
from typing import Any

from asn1crypto import x509 as asn1_x509

from techfair.agreements.filing import Elsewhere
from techfair.agreements.sealing.exchange import Prepared


def kept(
    ready: Prepared, chain: list[asn1_x509.Certificate], before: str | None, at: datetime, issuer_says: str
) -> dict[str, Any]:
    """What a row keeps; ``before`` is the digest of the version that was prepared."""
    named = {"pdf": ready.pdf, "document_digest": ready.document_digest, "attributes": ready.attributes}
    return {
        **{name: base64.b64encode(value).decode() for name, value in named.items()},
        "start": ready.start,
        "end": ready.end,
        "certificates": [base64.b64encode(one.dump()).decode() for one in chain],
        "before": before,
        "at": at.isoformat(),
        "issuer_says": issuer_says,
    }


def prepared(kept: dict[str, Any]) -> Prepared:
    """The document that waits."""
    pdf, digest, attributes = (base64.b64decode(kept[name]) for name in ("pdf", "document_digest", "attributes"))
    return Prepared(pdf, digest, kept["start"], kept["end"], attributes)


def certificates(kept: dict[str, Any]) -> list[asn1_x509.Certificate]:
    """The signer's certificate, then those above it."""
    return [asn1_x509.Certificate.load(base64.b64decode(one)) for one in kept["certificates"]]


def signed(kept: dict[str, Any], file: bytes) -> Elsewhere:
    """The document that was finished, made of the version that was prepared."""
    return Elsewhere(file, kept["before"], certificates(kept)[0], datetime.fromisoformat(kept["at"]))
